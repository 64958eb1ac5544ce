import type { HostFiles, HostRegistry } from "../../host.ts";
import type { Scope } from "../../feature.ts";
import type { Pages } from "./page.ts";

/** What following a word may ask about the world around its document. */
export interface Around extends Pages {
  readonly files: Pick<HostFiles, "text" | "probe">;
  readonly registry: Pick<HostRegistry, "file">;
}

export function aroundOf({ files, registry, views }: Scope): Around {
  return { files, registry, views };
}

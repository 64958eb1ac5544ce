import type { HostRegistry } from "../../../lsp/mod.ts";
import ahead from "../../../registry/read_ahead.json" with { type: "json" };
import { checkEntry } from "../../../schemas/checker.ts";
import type { Entry } from "../../../schemas/mod.ts";
import { FOLDER } from "../backstage.ts";
import type { VirtualFolder } from "./virtual_folder.ts";

/** The page's own entry, which is found before those that are shipped. */
const OWN = `${FOLDER}/registry.yaml`;

/** The shipped processors, and the one that is described beside the documents. */
export function virtualRegistry(
  { text }: Pick<VirtualFolder, "text">,
): HostRegistry {
  const own = ownEntry(text(OWN));
  const entries = new Map(SHIPPED);
  if (own !== undefined) entries.set(own.ref, own);
  return {
    entry: (ref) => entries.get(ref),
    refs: [...entries.keys()].sort(),
    title: (ref) => entries.get(ref)?.title,
    file: (ref) => ref === own?.ref ? OWN : undefined,
  };
}

/** What the shipped documents come to was written down when they were checked. */
const SHIPPED: ReadonlyMap<string, Entry> = new Map(
  Object.values(ahead as unknown as Record<string, { readonly entry: Entry }>)
    .map(({ entry }) => [entry.ref, entry]),
);

function ownEntry(text: string | undefined): Entry | undefined {
  if (text === undefined) return undefined;
  return checkEntry({ name: OWN, text, language: "yaml" }).entry;
}

import {
  documentKind,
  type RegistryView,
  type Source,
} from "../schemas/mod.ts";
import { check, checkEntry, parse } from "../schemas/checker.ts";
import type { Association } from "./association.ts";
import type { HostFiles } from "./host.ts";
import { placing } from "./placing.ts";
import type { View } from "./view.ts";

/** A document as the client opened or changed it. */
export interface Opened {
  readonly uri: string;
  /** Absolute; missing for what is not in a file. */
  readonly path?: string;
  /** Absolute folder that paths in the document are relative to. */
  readonly dir: string;
  readonly version: number;
  readonly source: Source;
}

export interface ViewParts {
  readonly registry: RegistryView;
  readonly files: Pick<HostFiles, "probe">;
  readonly association: Association;
}

/** Reads and checks an open document: the same verdict as `check`. Undefined for what is none of ours. */
export function viewOf(opened: Opened, parts: ViewParts): View | undefined {
  const { source } = opened;
  const kind = documentKind(source);
  if (kind === undefined) return undefined;
  const any = { ...opened, ...placing(source.text) };
  if (kind === "entry") {
    const { tree, diagnostics, entry } = checkEntry(source);
    const found = entry === undefined ? {} : { entry };
    return { ...any, kind, tree, diagnostics, ...found };
  }
  if (kind === "config") {
    const tree = parse(source);
    return { ...any, kind, tree, diagnostics: tree.problems };
  }
  const { association } = parts;
  const checked = check(source, {
    registry: parts.registry,
    attachments: association.attachments,
    attachmentsComplete: false,
    probe: (path) => parts.files.probe(`${opened.dir}/${path}`),
  });
  const { tree, diagnostics } = checked;
  return { ...any, kind, tree, diagnostics, checked, association };
}

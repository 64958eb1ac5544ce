import type { Declaration } from "../schemas/checker.ts";
import { declarationsOf } from "../schemas/checker.ts";
import { resolve } from "../schemas/mod.ts";
import type { InputsView } from "./view.ts";

/** A declared attachment: in the document, then with its place there, or by the settings. */
export interface Attachment extends Declaration {
  /** Absolute path of the file, which need not be there. */
  readonly file: string;
}

/** Every attachment that a document can name; each name once. */
export function attachmentsOf(
  { tree, dir, association }: Pick<InputsView, "tree" | "dir" | "association">,
): ReadonlyMap<string, Attachment> {
  const settings = association.declared ??
    new Map([...association.attachments].map(([n, path]) => [n, { path }]));
  const nothing = { kind: "object", span: START, properties: [] } as const;
  const root = tree.root?.kind === "object" ? tree.root : nothing;
  const { declarations } = declarationsOf(tree, root, {
    attachments: new Map(),
    settings,
  });
  return new Map(
    [...declarations].map(([name, each]) => [
      name,
      { ...each, file: resolve(dir, each.path) },
    ]),
  );
}

const START = { start: 0, end: 0 };

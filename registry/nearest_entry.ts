import { checkEntry } from "../schemas/checker.ts";
import { documentKind, type Fallback, join, property } from "../schemas/mod.ts";
import type { TextReader } from "./text_reader.ts";

/** The document that describes a processor. */
export const ENTRY_FILE = "registry.yaml";

/**
 * The processor whose folder a document lies in: that of the first `registry.yaml` in these folders, the nearest
 * first. Undefined when there is none, or the first one has not the shape of an entry.
 */
export function nearestEntry(
  folders: readonly string[],
  read: TextReader,
): Fallback | undefined {
  for (const folder of folders) {
    const name = join(folder, ENTRY_FILE);
    const text = read(name);
    if (text === undefined || documentKind({ name, text }) !== "entry") {
      continue;
    }
    const source = { name, text, language: "yaml" } as const;
    const { tree, entry } = checkEntry(source, { trustSchemas: true });
    if (entry === undefined) return undefined;
    const span = property(tree.root, "ref")?.value.span ??
      { start: 0, end: 0 };
    return { ref: entry.ref, entry, at: { source: name, span } };
  }
  return undefined;
}

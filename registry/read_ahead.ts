import { bytesOf } from "./entry_bytes.ts";
import type { ReadEntry } from "./loaded_entry.ts";
import type { RegistryRoot } from "./roots.ts";
import { scanRoot } from "./scan_root.ts";
import type { Diagnostic, Entry } from "../schemas/mod.ts";

/** What reading a shipped document comes to, and the text that this is true of. */
export interface ReadAhead {
  readonly ref: string;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly entry: Entry;
}

/** Answers what reading the document at a place came to; undefined when there was none. */
export type ReadAheadReader = (
  root: RegistryRoot,
  place: string,
) => ReadEntry | undefined;

/** File below the shipped root, written by `deno task schemas`: place → {@linkcode ReadAhead}. */
export const READ_AHEAD_FILE = "read_ahead.json";

/**
 * The documents of the shipped root as they were read ahead: reading YAML is the longest part of a short run.
 * Undefined when there are others, or one is not the text that was read: somebody works on them right there.
 */
export function readAheadReader(
  root: RegistryRoot,
): ReadAheadReader | undefined {
  const ahead: Readonly<Record<string, ReadAhead>> = JSON.parse(
    Deno.readTextFileSync(`${root.dir}/${READ_AHEAD_FILE}`),
  );
  const same = scanRoot(root).every((place) =>
    textOf(`${root.dir}/${place}`) === ahead[place]?.text
  );
  if (!same) return undefined;
  return (root, place) => {
    const found = ahead[place];
    return found === undefined ? undefined : readFrom(found, root, place);
  };
}

function textOf(file: string): string | undefined {
  const bytes = bytesOf(file);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

function readFrom(
  { ref, text, diagnostics, entry }: ReadAhead,
  root: RegistryRoot,
  place: string,
): ReadEntry {
  const file = `${root.dir}/${place}`;
  const dir = file.slice(0, file.lastIndexOf("/"));
  const source = { name: file, text, language: "yaml" } as const;
  return { ref, dir, file, root, source, diagnostics, entry };
}

import type { Diagnostic, Entry, Source } from "../schemas/mod.ts";
import type { RegistryRoot } from "./roots.ts";

/** A `registry.yaml` that was found and read, right or wrong. */
export interface ReadEntry {
  /** What its folder says it is; in the older layouts, what the document says. */
  readonly ref: string;
  /** Absolute folder of the document. */
  readonly dir: string;
  /** Absolute path of the document. */
  readonly file: string;
  readonly root: RegistryRoot;
  readonly source: Source;
  /** In order of position. */
  readonly diagnostics: readonly Diagnostic[];
  /** Missing when the document has not the shape of an entry. */
  readonly entry?: Entry;
  /** The document that counts instead: the same ref in a root before this one. */
  readonly shadowedBy?: string;
}

/** An entry that can be shown and checked against. It may still have errors that forbid running it. */
export type LoadedEntry = ReadEntry & { readonly entry: Entry };

export function hasEntry(read: ReadEntry): read is LoadedEntry {
  return read.entry !== undefined;
}

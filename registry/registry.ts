import { hasErrors, parseRef } from "../schemas/mod.ts";
import type { LoadedEntry, ReadEntry } from "./loaded_entry.ts";
import { hasEntry } from "./loaded_entry.ts";
import { placesOf } from "./places.ts";
import { brokenEntry, invalidRef, unknownRef } from "./refusals.ts";
import type { RegistryRoot } from "./roots.ts";
import { requireRoot, scanRoot } from "./scan_root.ts";

/** The entries of several roots. Each document is read at most once; nothing is read before it is asked for. */
export interface Registry {
  readonly roots: readonly RegistryRoot[];
  /**
   * The entry of a ref, from the first root that has it, without looking through folders; undefined when
   * there is none or the text is no ref. Throws `ERR_REGISTRY_ENTRY` when there is one that is not readable
   * as an entry.
   */
  entry(ref: string): LoadedEntry | undefined;
  /** The document of a ref, right or wrong; throws `ERR_REF_INVALID` or `ERR_REF_UNKNOWN`. */
  load(ref: string): ReadEntry;
  /** The entry of a ref without errors; throws as `load`, and `ERR_REGISTRY_ENTRY`. */
  require(ref: string): LoadedEntry;
  /** The entry that counts for each ref, sorted by ref. Looks through all roots. */
  list(): readonly LoadedEntry[];
  /** Every document of every root, wrong and shadowed ones too, in order of search. */
  scan(): readonly ReadEntry[];
}

/** Reads and checks the document at a place below a root; undefined when there is none. */
export type EntryReader = (
  root: RegistryRoot,
  place: string,
  options?: { readonly trustSchemas?: boolean },
) => ReadEntry | undefined;

/** A registry over roots, the first one that has a ref wins, with documents read by `read`. */
export function registryOver(
  roots: readonly RegistryRoot[],
  read: EntryReader,
): Registry {
  const quick = remembered((ref) =>
    findEntry(roots, ref, { read, thorough: false })
  );
  const thorough = remembered((ref) =>
    findEntry(roots, ref, { read, thorough: true })
  );
  const scan = once(() => scanRoots(roots, read));
  const list = once(() => counting(scan()));
  const found = (ref: string, read: ReadEntry | undefined): ReadEntry => {
    if (parseRef(ref) === undefined) throw invalidRef(ref);
    if (read !== undefined) return read;
    throw unknownRef(ref, list().map((each) => each.ref));
  };
  return {
    roots,
    entry: (ref) => {
      const read = quick(ref);
      if (read === undefined || hasEntry(read)) return read;
      throw brokenEntry(read);
    },
    load: (ref) => found(ref, thorough(ref)),
    require: (ref) => withoutErrors(found(ref, quick(ref))),
    list,
    scan,
  };
}

function withoutErrors(read: ReadEntry): LoadedEntry {
  if (hasEntry(read) && !hasErrors(read.diagnostics)) return read;
  throw brokenEntry(read);
}

/** The tests make sure of the shipped schemas, so that a run need not, unless it is to be `thorough`. */
function findEntry(
  roots: readonly RegistryRoot[],
  text: string,
  { read, thorough }: {
    readonly read: EntryReader;
    readonly thorough: boolean;
  },
): ReadEntry | undefined {
  const ref = parseRef(text);
  if (ref === undefined) return undefined;
  for (const root of roots) {
    requireRoot(root);
    const trustSchemas = root.shipped && !thorough;
    for (const place of placesOf(ref)) {
      const found = read(root, place, { trustSchemas });
      // In the older layouts the version is not in the path: the document must name it.
      if (found?.ref === text) return found;
    }
  }
  return undefined;
}

function scanRoots(
  roots: readonly RegistryRoot[],
  read: EntryReader,
): readonly ReadEntry[] {
  const first = new Map<string, string>();
  const all: ReadEntry[] = [];
  for (const root of roots) {
    for (const place of scanRoot(root)) {
      const each = read(root, place);
      if (each === undefined || isOther(each)) continue;
      const before = first.get(each.ref);
      if (before === undefined) first.set(each.ref, each.file);
      all.push(before === undefined ? each : { ...each, shadowedBy: before });
    }
  }
  return all;
}

/** Whether a file of the oldest layout is some other YAML that happens to lie there. */
function isOther({ entry, file, source }: ReadEntry): boolean {
  return entry === undefined && !file.endsWith("/registry.yaml") &&
    !/^["']?(ref|name)["']?:/m.test(source.text);
}

function counting(all: readonly ReadEntry[]): readonly LoadedEntry[] {
  return all.filter(hasEntry).filter((each) => each.shadowedBy === undefined)
    .sort((a, b) => a.ref < b.ref ? -1 : 1);
}

function remembered<T>(find: (key: string) => T): (key: string) => T {
  const found = new Map<string, T>();
  return (key) => {
    const known = found.get(key);
    if (known !== undefined || found.has(key)) return known as T;
    const value = find(key);
    found.set(key, value);
    return value;
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

import { readEntry } from "./read_entry.ts";
import { type ReadAheadReader, readAheadReader } from "./read_ahead.ts";
import type { Registry } from "./registry.ts";
import { registryOver } from "./registry.ts";
import type { RegistryRoot } from "./roots.ts";

/** Opens registry roots; the first one that has a ref wins. Needs read permission for them. */
export function openRegistry(roots: readonly RegistryRoot[]): Registry {
  return registryOver(roots, readEntry);
}

/**
 * Opens registry roots as `openRegistry` does, and takes shipped documents as they were read ahead, as long as they are
 * those. `load` and `scan` are not as thorough about them.
 */
export function openRegistryAhead(roots: readonly RegistryRoot[]): Registry {
  let ahead: { readonly read: ReadAheadReader | undefined } | undefined;
  return registryOver(roots, (root, place, options) => {
    if (!root.shipped) return readEntry(root, place, options);
    ahead ??= { read: readAheadReader(root) };
    return ahead.read?.(root, place) ?? readEntry(root, place, options);
  });
}

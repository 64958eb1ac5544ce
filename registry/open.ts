import { readEntry } from "./read_entry.ts";
import type { Registry } from "./registry.ts";
import { registryOver } from "./registry.ts";
import type { RegistryRoot } from "./roots.ts";

/** Opens registry roots; the first one that has a ref wins. Needs read permission for them. */
export function openRegistry(roots: readonly RegistryRoot[]): Registry {
  return registryOver(roots, readEntry);
}

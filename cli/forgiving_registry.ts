import type { LoadedEntry, Registry } from "../registry/quick.ts";
import {
  type BrokenEntry,
  Failure,
  type RegistryView,
} from "../schemas/mod.ts";

/** Entries for who reports on documents: one with errors is a finding about those that name it, not the end. */
export function forgivingRegistry(registry: Registry): RegistryView {
  return {
    entry: (ref) => usable(registry, ref)?.entry,
    get refs() {
      return registry.list().map(({ entry }) => entry.ref);
    },
    broken: (ref) => brokenIn(registry, ref),
  };
}

function usable(registry: Registry, ref: string): LoadedEntry | undefined {
  try {
    return registry.entry(ref);
  } catch (error) {
    if (isBroken(error)) return undefined;
    throw error;
  }
}

/** Why the entry of a ref cannot be used; undefined when it can, or there is none. */
export function brokenIn(
  registry: Registry,
  ref: string,
): BrokenEntry | undefined {
  try {
    registry.entry(ref);
    return undefined;
  } catch (error) {
    if (!isBroken(error)) throw error;
    const { file: source, diagnostics } = registry.load(ref);
    const first = diagnostics.find(({ severity }) => severity === "error");
    const span = first?.span ?? { start: 0, end: 0 };
    return { message: error.message, at: { source, span } };
  }
}

function isBroken(error: unknown): error is Failure {
  return error instanceof Failure && error.code === "ERR_REGISTRY_ENTRY";
}

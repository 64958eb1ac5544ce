import type { HostRegistry, RegistryPlace } from "../../lsp/mod.ts";
import {
  brokenEntry,
  hasEntry,
  type LoadedEntry,
  openRegistryAhead,
  type Registry,
  rootsFrom,
  SHIPPED_DIR,
} from "../../registry/mod.ts";
import { type BrokenEntry, Failure } from "../../schemas/mod.ts";
import type { World } from "../world.ts";

/** The processors as the language server sees them: nothing throws. */
export function hostRegistry(
  { roots }: RegistryPlace,
  world: Pick<World, "env">,
): HostRegistry {
  const registry = openRegistryAhead(rootsFrom({
    environment: world.env("THEORY_REGISTRY"),
    config: roots,
    shippedDir: SHIPPED_DIR,
  }));
  return {
    entry: (ref) => found(registry, ref)?.entry,
    get refs() {
      return known(registry);
    },
    broken: (ref) => brokenIn(registry, ref),
    title: (ref) => found(registry, ref)?.entry.title,
    file: (ref) => found(registry, ref)?.file,
  };
}

/** An entry that has errors, or a root that went away, is no reason to say nothing about a document. */
function found(registry: Registry, ref: string): LoadedEntry | undefined {
  return orElse(() => registry.entry(ref), undefined);
}

function known(registry: Registry): readonly string[] {
  return orElse(() => registry.list().map(({ entry }) => entry.ref), []);
}

function brokenIn(registry: Registry, ref: string): BrokenEntry | undefined {
  const read = orElse(() => registry.load(ref), undefined);
  if (read === undefined || hasEntry(read)) return undefined;
  const { file: source, diagnostics } = read;
  const first = diagnostics.find(({ severity }) => severity === "error");
  const span = first?.span ?? { start: 0, end: 0 };
  return { message: brokenEntry(read).message, at: { source, span } };
}

function orElse<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Failure) return otherwise;
    throw error;
  }
}

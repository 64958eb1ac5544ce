import type { HostRegistry, RegistryPlace } from "../../lsp/mod.ts";
import {
  type LoadedEntry,
  openRegistryAhead,
  type Registry,
  rootsFrom,
  SHIPPED_DIR,
} from "../../registry/mod.ts";
import { Failure } from "../../schemas/mod.ts";
import { brokenIn } from "../forgiving_registry.ts";
import type { World } from "../world.ts";

/** The processors as the language server sees them: nothing throws. */
export function hostRegistry(
  { roots }: RegistryPlace,
  world: Pick<World, "env" | "cwd">,
): HostRegistry {
  const registry = openRegistryAhead(rootsFrom({
    environment: world.env("THEORY_REGISTRY"),
    config: roots,
    cwd: world.cwd,
    shippedDir: SHIPPED_DIR,
  }));
  return {
    entry: (ref) => found(registry, ref)?.entry,
    get refs() {
      return known(registry);
    },
    broken: (ref) => orElse(() => brokenIn(registry, ref), undefined),
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

function orElse<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Failure) return otherwise;
    throw error;
  }
}

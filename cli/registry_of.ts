import {
  openRegistry,
  type Registry,
  rootsFrom,
  SHIPPED_DIR,
} from "../registry/mod.ts";
import type { World } from "./world.ts";

/** The registry of a command line, shipped root last. */
export function registryOf(
  flags: { readonly registry: readonly string[] },
  world: World,
): Registry {
  return openRegistry(rootsFrom({
    flags: flags.registry,
    environment: world.env("THEORY_REGISTRY"),
    config: world.settings?.roots ?? [],
    cwd: world.cwd,
    shippedDir: SHIPPED_DIR,
  }));
}

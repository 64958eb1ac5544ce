import { registryOf } from "./registry_of.ts";
import { secretPermissions } from "./secrets.ts";
import type { Permissions, World } from "./world.ts";

/** What reading the secrets of a processor takes; undefined when its entry cannot be read. */
export function entrySecrets(
  flags: { readonly ref: string; readonly registry: readonly string[] },
  world: World,
): Permissions | undefined {
  const loaded = registryOf(flags, world).entry(flags.ref);
  return loaded === undefined ? undefined : secretPermissions(loaded.entry);
}

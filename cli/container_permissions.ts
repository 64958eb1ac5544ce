import { credentialPrograms } from "./credential_permissions.ts";
import { engineNeeds } from "./engine_socket.ts";
import { grantedOf, union } from "./permission_sets.ts";
import { recordedContainers } from "./recorded_containers.ts";
import { registryOf } from "./registry_of.ts";
import { secretPermissions } from "./secrets.ts";
import { credentialOptions, type Places, PRIVATE_NETWORKS } from "./touches.ts";
import type { Permissions, World } from "./world.ts";

interface RunFlags extends Places {
  readonly registry: readonly string[];
  readonly ref?: string | undefined;
}

/** What a run takes that is on a container, or has one of its own. */
export async function runningContainer(
  flags: RunFlags,
  world: World,
): Promise<Permissions | undefined> {
  const recorded = await recordedContainers(flags, world);
  if (flags.ref === undefined) return recorded;
  const loaded = registryOf(flags, world).entry(flags.ref);
  if (loaded?.entry.api.protocol !== "file") return recorded;
  const { entry } = loaded;
  if (entry.handler !== undefined) return recorded;
  const own = union(await engineNeeds(world), secretPermissions(entry));
  const files = await grantedOf(credentialOptions(world), world);
  const logins = union(files, await loginPrograms(world));
  return union(union(own, logins), recorded ?? {});
}

interface StartFlags extends Places {
  readonly registry: readonly string[];
  readonly ref: string;
  readonly engine?: "auto" | "sandbox" | "docker" | undefined;
  readonly hermetic: boolean;
}

/** What a start takes that is, or may turn out to be, on an engine of containers. */
export async function startingContainer(
  flags: StartFlags,
  world: World,
): Promise<Permissions | undefined> {
  const recorded = await recordedContainers(flags, world);
  if (!mayBeContainer(flags, world)) return recorded;
  const networks = flags.hermetic ? PRIVATE_NETWORKS : {};
  const own = union(await engineNeeds(world), await loginPrograms(world));
  return union(union(own, networks), recorded ?? {});
}

async function loginPrograms(world: World): Promise<Permissions> {
  return await credentialPrograms(world) ?? {};
}

function mayBeContainer(
  flags: StartFlags,
  world: World,
): boolean {
  const { engine = "auto", hermetic } = flags;
  if (engine !== "auto") return engine === "docker";
  const loaded = registryOf(flags, world).entry(flags.ref);
  return hermetic ||
    (loaded !== undefined && loaded.entry.handler === undefined);
}

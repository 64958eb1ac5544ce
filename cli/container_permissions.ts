import { type Entry, Failure } from "../schemas/mod.ts";
import { credentialPrograms } from "./credential_permissions.ts";
import { engineNeeds } from "./engine_socket.ts";
import { grantedOf, union } from "./permission_sets.ts";
import { recordedContainers } from "./recorded_containers.ts";
import { registryOf } from "./registry_of.ts";
import { secretNames, secretPermissions } from "./secrets.ts";
import {
  credentialOptions,
  enginePermissions,
  type Places,
  PRIVATE_NETWORKS,
} from "./touches.ts";
import type { Permissions, World } from "./world.ts";

interface RunFlags extends Places {
  readonly registry: readonly string[];
  readonly ref?: string | undefined;
}

/** What a run takes that is on a container, or has one of its own; of that what is granted, where its ref is unknown. */
export async function runningContainer(
  flags: RunFlags,
  world: World,
): Promise<Permissions | undefined> {
  const recorded = await recordedContainers(flags, world);
  if (flags.ref === undefined) {
    const any = union(await anyProgram(flags, world), recorded ?? {});
    return await grantedOf(any, world);
  }
  const entry = registryOf(flags, world).entry(flags.ref)?.entry;
  if (entry === undefined || !isProgram(entry)) return recorded;
  const own = union(await engineNeeds(world), secretPermissions(entry));
  const files = await grantedOf(credentialOptions(world), world);
  const logins = union(files, await loginPrograms(world));
  return union(union(own, logins), recorded ?? {});
}

function isProgram({ api, handler }: Entry): boolean {
  return api.protocol === "file" && handler === undefined;
}

/** What a run may take that is of any program. */
async function anyProgram(
  flags: RunFlags,
  world: World,
): Promise<Permissions> {
  const env = entriesOf(flags, world).filter(isProgram).flatMap(secretNames);
  const own = union(enginePermissions(world), { env });
  const logins = union(credentialOptions(world), await loginPrograms(world));
  return union(own, logins);
}

/** None when a root cannot be read, for then the run itself says why. */
function entriesOf(flags: RunFlags, world: World): readonly Entry[] {
  try {
    return registryOf(flags, world).list().map(({ entry }) => entry);
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
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

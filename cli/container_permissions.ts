import { listRecords } from "../adapters/mod.ts";
import { join, resolve } from "../schemas/mod.ts";
import { union } from "./permission_sets.ts";
import { registryOf } from "./registry_of.ts";
import {
  enginePermissions,
  type Places,
  PRIVATE_NETWORKS,
  stateDirOf,
} from "./touches.ts";
import type { Permissions, World } from "./world.ts";

/** What the containers that are recorded take: their engine, and where those are that are in networks of their own. */
export async function recordedContainers(
  places: Places,
  world: World,
): Promise<Permissions | undefined> {
  const stateDir = resolve(world.cwd, stateDirOf(places, world));
  const read = { name: "read", value: stateDir } as const;
  if (!await world.permissions.granted(read)) return undefined;
  const found = (await listRecords(stateDir))
    .filter(({ container }) => container !== undefined);
  if (found.length === 0 && !await hasPending(stateDir)) return undefined;
  const net = found.flatMap(({ hermetic, url }) =>
    hermetic ? [new URL(url).host] : []
  );
  return union(enginePermissions(world), { net });
}

/** Whether a start was killed, which may have left something on an engine. */
async function hasPending(stateDir: string): Promise<boolean> {
  try {
    for await (const { name } of Deno.readDir(join(stateDir, "instances"))) {
      if (name.endsWith(".pending")) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
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
  return union(union(enginePermissions(world), networks), recorded ?? {});
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

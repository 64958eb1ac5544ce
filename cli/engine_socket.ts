import {
  ENGINE_ENV,
  type EngineAddress,
  engineAddresses,
} from "../adapters/containers/addresses.ts";
import { asks, missingOf, union } from "./permission_sets.ts";
import { addressPermissions } from "./touches.ts";
import type { Permission, Permissions, World } from "./world.ts";

interface Input {
  readonly world: World;
}

/** What finding the engine takes, to be declared beside {@linkcode ENGINE_SOCKET}. */
export const FINDS_ENGINE = { env: ENGINE_ENV } as const satisfies Permissions;

const SOCKET = ["the socket of the container engine"];

/** What talking to the engine of containers takes, which the environment names or which is in one of the usual places. */
export const ENGINE_SOCKET = {
  kinds: { read: SOCKET, write: SOCKET, net: [...SOCKET, "127.0.0.1"] },
  needs: ({ world }: Input) => ({
    read: [world.toolkit.dir],
    ...FINDS_ENGINE,
  }),
  find: ({ world }: Input) => engineNeeds(world),
} as const;

/**
 * What talking to engines takes: to those that may be talked to, or to any where there are none. A terminal is asked about
 * one after the other, until one is there.
 */
export async function engineNeeds(world: World): Promise<Permissions> {
  const { ask } = world.permissions;
  const asking = asks(world);
  if (asking) {
    for (const value of ENGINE_ENV) await ask({ name: "env", value });
  }
  const { granted, missing, others } = await seenEngines(
    engineAddresses(world.env),
    world,
  );
  if (granted.length > 0) return needsOf(granted, missing);
  if (!asking) return needsOf(others, missing);
  for (const [i, other] of others.entries()) {
    const looks = reading(other);
    const may = looks === undefined || await ask(looks);
    if (may && isMissing(other, world)) continue;
    return needsOf([other], [...missing, ...others.slice(0, i)]);
  }
  return needsOf([], [...missing, ...others]);
}

/** The missing ones are looked for again, to say so. */
function needsOf(
  wanted: readonly EngineAddress[],
  missing: readonly EngineAddress[],
): Permissions {
  const { read = [] } = addressPermissions(missing);
  return union(addressPermissions(wanted), { read, ...FINDS_ENGINE });
}

/** What may be known of engines before they are talked to. */
interface SeenEngines {
  /** Those that may be talked to. */
  readonly granted: readonly EngineAddress[];
  /** Those of which there is no socket. */
  readonly missing: readonly EngineAddress[];
  readonly others: readonly EngineAddress[];
}

/** Looks at what is granted for some engines, and whether their sockets are there if that may be seen. */
export async function seenEngines(
  addresses: readonly EngineAddress[],
  world: World,
): Promise<SeenEngines> {
  const seen = { granted: [], missing: [], others: [] } as Record<
    keyof SeenEngines,
    EngineAddress[]
  >;
  for (const address of addresses) {
    const set = addressPermissions([address]);
    const looks = reading(address);
    if ((await missingOf(set, world)).length === 0) seen.granted.push(address);
    else if (
      looks !== undefined && await world.permissions.granted(looks) &&
      isMissing(address, world)
    ) seen.missing.push(address);
    else seen.others.push(address);
  }
  return seen;
}

/** Looking at the socket of an engine. */
function reading({ at }: EngineAddress): Permission | undefined {
  return at !== undefined && "path" in at
    ? { name: "read", value: at.path }
    : undefined;
}

function isMissing(address: EngineAddress, { files }: World): boolean {
  const path = reading(address)?.value;
  return path !== undefined && files.probe(path).kind === "missing";
}

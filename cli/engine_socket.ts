import {
  ENGINE_ENV,
  type EngineAddress,
  engineAddresses,
} from "../adapters/containers/addresses.ts";
import { each } from "./permission_sets.ts";
import { addressPermissions } from "./touches.ts";
import type { Permissions, World } from "./world.ts";

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

/** What talking to engines takes: to those that may be talked to, or to any where there are none. */
export async function engineNeeds(world: World): Promise<Permissions> {
  const all = engineAddresses(world.env);
  const granted = await grantedAddresses(all, world);
  return {
    ...addressPermissions(granted.length > 0 ? granted : all),
    ...FINDS_ENGINE,
  };
}

/** Those of some addresses that may be talked to. */
export async function grantedAddresses(
  addresses: readonly EngineAddress[],
  world: World,
): Promise<readonly EngineAddress[]> {
  const may: EngineAddress[] = [];
  for (const address of addresses) {
    if (await isGranted(address, world)) may.push(address);
  }
  return may;
}

async function isGranted(
  address: EngineAddress,
  world: World,
): Promise<boolean> {
  for (const permission of each(addressPermissions([address]))) {
    if (!await world.permissions.granted(permission)) return false;
  }
  return true;
}

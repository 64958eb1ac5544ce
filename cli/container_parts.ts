import { type ContainerParts, engineAddresses } from "../adapters/mod.ts";
import { Failure } from "../schemas/mod.ts";
import { each, permissionFlags } from "./permission_sets.ts";
import { addressPermissions } from "./touches.ts";
import type { World } from "./world.ts";

type Address = ContainerParts["addresses"][number];

/** What the engine of containers takes of the world. */
export function containerParts(
  stateDir: string,
  world: World,
): ContainerParts {
  return {
    stateDir,
    addresses: engineAddresses(world.env),
    permitted: (addresses, must) => permitted(addresses, { must, world }),
    env: world.env,
    now: () => new Date(world.clock.now()),
    randomToken: () => `${world.uuid()}${world.uuid()}`.replaceAll("-", ""),
  };
}

async function permitted(
  addresses: readonly Address[],
  { must, world }: { readonly must: boolean; readonly world: World },
): Promise<readonly Address[]> {
  const may: Address[] = [];
  for (const address of addresses) {
    if (await isGranted(address, world)) may.push(address);
  }
  if (may.length > 0 || !must) return may;
  const wanted = permissionFlags(addressPermissions(addresses));
  throw new Failure(
    "ERR_PERMISSION",
    "Cannot talk to a container engine: permission not granted for its socket",
    { hint: `Add to deno run: ${wanted.join(" ")}` },
  );
}

async function isGranted(address: Address, world: World): Promise<boolean> {
  for (const permission of each(addressPermissions([address]))) {
    if (!await world.permissions.granted(permission)) return false;
  }
  return true;
}

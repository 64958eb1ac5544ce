import { type ContainerParts, engineAddresses } from "../adapters/mod.ts";
import { engineNeeds, seenEngines } from "./engine_socket.ts";
import { ensureMore } from "./permissions.ts";
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
  const { granted, others } = await seenEngines(addresses, world);
  if (!must) return granted;
  if (granted.length > 0 || others.length === 0) {
    return addresses.map((each) =>
      others.includes(each) ? refused(each) : each
    );
  }
  await ensureMore(await engineNeeds(world), world);
  // Whoever was asked may have let more of the environment be seen.
  return await permitted(engineAddresses(world.env), { must, world });
}

/** So that it is said of an engine which was not looked for. */
function refused({ from, url }: Address): Address {
  return { from, url, refused: "permission not granted" };
}

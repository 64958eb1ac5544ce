import type { Engine } from "../adapters/mod.ts";
import { Failure, nearest } from "../schemas/mod.ts";
import { registryOf } from "./registry_of.ts";
import type { World } from "./world.ts";

/** Where refs are looked for that may have been meant. */
export interface KnownRefs {
  readonly engine: Pick<Engine, "list">;
  readonly registry?: readonly string[];
  readonly world: World;
}

/** The failure for a ref without an instance; suggests the one that was meant. */
export async function notRunning(
  ref: string,
  known: KnownRefs,
): Promise<Failure> {
  const near = await meantRef(ref, known);
  const found = `Cannot find an instance of "${ref}": none was started`;
  return near === undefined
    ? new Failure("ERR_NOT_RUNNING", found, {
      hint: `Start it: localctl start --ref ${ref}`,
    })
    : new Failure("ERR_NOT_RUNNING", `${found}, did you mean "${near}"`);
}

/** The instance, or else the processor, whose ref is near to one that is neither's. */
export async function meantRef(
  ref: string,
  { engine, registry = [], world }: KnownRefs,
): Promise<string | undefined> {
  const running = (await engine.list()).map(({ instance }) => instance.ref);
  const entries = registryOf({ registry }, world).list()
    .map(({ entry }) => entry.ref);
  if (running.includes(ref) || entries.includes(ref)) return undefined;
  return nearest(ref, running) ?? nearest(ref, entries);
}

import type { CommandInput } from "../command.ts";
import { localRoad } from "../local_road.ts";
import { printJson } from "../print_json.ts";
import { notRunning } from "./local_status.ts";

interface Flags {
  readonly ref: string;
  readonly stateDir: string | undefined;
  readonly json: boolean;
}

/** Prints where an instance listens. */
export async function run(
  { flags, world }: CommandInput<Flags>,
): Promise<number> {
  const { engine } = await localRoad(flags, world);
  const found = await engine.find(flags.ref);
  if (found === undefined || found.state !== "running") {
    throw notRunning(flags.ref);
  }
  const { ref, port, url } = found.instance;
  if (flags.json) printJson(world, { ref, port, url });
  else world.stdout.write(`${url}\n`);
  return 0;
}

import type { CommandInput } from "../command.ts";
import { localRoad } from "../local_road.ts";
import { notRunning } from "../not_running.ts";
import { printJson } from "../print_json.ts";

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
    throw await notRunning(flags.ref, { engine, world });
  }
  const { ref, port, url } = found.instance;
  if (flags.json) printJson(world, { ref, port, url });
  else world.stdout.write(`${url}\n`);
  return 0;
}

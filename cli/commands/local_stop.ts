import { Failure } from "../../schemas/mod.ts";
import type { CommandInput } from "../command.ts";
import { localRoad } from "../local_road.ts";
import { meantRef } from "../not_running.ts";
import { printJson } from "../print_json.ts";
import { startProgress } from "../progress/progress.ts";

interface Flags {
  readonly ref: string | undefined;
  readonly all: boolean;
  readonly stateDir: string | undefined;
  readonly json: boolean;
}

/** Ends one instance or all; nothing to end is no error. */
export async function run(
  { flags, world }: CommandInput<Flags>,
): Promise<number> {
  if ((flags.ref === undefined) === !flags.all) {
    throw new Failure(
      "ERR_USAGE",
      "Cannot stop: give either --ref REF or --all",
    );
  }
  const { engine } = await localRoad(flags, world);
  const refs = flags.ref === undefined
    ? (await engine.list())
      .flatMap(({ instance, elsewhere }) =>
        elsewhere === undefined ? [instance.ref] : []
      )
    : [flags.ref];
  const stopped: string[] = [];
  const progress = startProgress(world, { quiet: false });
  try {
    for (const ref of refs) {
      progress.begin("stop", ref);
      world.interrupted.throwIfAborted();
      if (await engine.stop(ref, world.interrupted)) stopped.push(ref);
    }
    if (flags.all) stopped.push(...await engine.endOthers(world.interrupted));
  } finally {
    progress.end();
  }
  if (flags.ref !== undefined && stopped.length === 0) {
    const near = await meantRef(flags.ref, { engine, world });
    if (near !== undefined) world.stderr.write(`Did you mean "${near}"?\n`);
  }
  if (flags.json) {
    const note = stopped.length === 0 ? { note: "none_running" } : {};
    printJson(world, {
      status: "success",
      stopped,
      count: stopped.length,
      ...note,
    });
  } else if (stopped.length === 0) world.stdout.write("Nothing was running\n");
  else for (const ref of stopped) world.stdout.write(`Stopped ${ref}\n`);
  return 0;
}

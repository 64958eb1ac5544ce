import { Failure, isObject } from "../../schemas/mod.ts";
import type { CommandInput } from "../command.ts";
import { type LocalRoad, localRoad } from "../local_road.ts";
import { meantRef } from "../not_running.ts";
import { printJson } from "../print_json.ts";
import { startProgress } from "../progress/progress.ts";
import type { World } from "../world.ts";

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
  const { stopped, failure } = await stopEach(refs, { engine, flags, world });
  if (failure !== undefined) {
    throw withStopped(failure, stopped, { flags, world });
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
  else tellStopped(stopped, world);
  return 0;
}

/** Stops one after the other; of all of them also the others when one cannot be. */
async function stopEach(
  refs: readonly string[],
  { engine, flags: { all }, world }:
    & Pick<LocalRoad, "engine">
    & Pick<CommandInput<Flags>, "flags" | "world">,
) {
  const stopped: string[] = [];
  const failures: Failure[] = [];
  const progress = startProgress(world, { quiet: false });
  try {
    for (const ref of refs) {
      progress.begin("stop", ref);
      world.interrupted.throwIfAborted();
      try {
        if (await engine.stop(ref, world.interrupted)) stopped.push(ref);
      } catch (error) {
        if (!all || !(error instanceof Failure)) throw error;
        failures.push(error);
      }
    }
    if (all) stopped.push(...await engine.endOthers(world.interrupted));
  } finally {
    progress.end();
  }
  return { stopped, failure: failures[0] };
}

/** The failure of one instance, once it is said which others were stopped. */
function withStopped(
  { code, message, hint, details, cause }: Failure,
  stopped: readonly string[],
  { flags, world }: Pick<CommandInput<Flags>, "flags" | "world">,
): Failure {
  if (!flags.json) tellStopped(stopped, world);
  return new Failure(code, message, {
    ...(hint === undefined ? {} : { hint }),
    details: { ...(isObject(details) ? details : {}), stopped },
    cause,
  });
}

function tellStopped(stopped: readonly string[], { stdout }: World): void {
  for (const ref of stopped) stdout.write(`Stopped ${ref}\n`);
}

import type { CommandInput } from "../command.ts";
import { nextCommand } from "../next_command.ts";
import { lookThrough } from "../progress/look_through.ts";
import { printJson } from "../print_json.ts";
import { openRuns } from "../runs/open_runs.ts";
import { parseTime, parseWhole } from "../spans.ts";

interface Flags {
  readonly keep: string | undefined;
  readonly olderThan: string | undefined;
  readonly dryRun: boolean;
  readonly stateDir: string | undefined;
  readonly json: boolean;
}

/** Age of the runs that are forgotten when nothing else is said. */
const OLD = "30d";

/** Forgets runs that ended long ago. */
export async function run(
  { flags, world }: CommandInput<Flags>,
): Promise<number> {
  const { keep, olderThan, dryRun } = flags;
  const age = olderThan ?? (keep === undefined ? OLD : undefined);
  const options = {
    dryRun,
    ...(keep === undefined
      ? {}
      : { keep: parseWhole(keep, "--keep", { min: 0, max: 1e9 }) }),
    ...(age === undefined
      ? {}
      : { before: parseTime(age, "--older-than", world.clock.now()) }),
  };
  using runs = await openRuns(flags, world);
  const { journal } = runs;
  const report = await lookThrough("runs", world, () => journal.gc(options));
  if (flags.json) {
    printJson(world, { status: "success", dry_run: dryRun, ...report });
    return 0;
  }
  const { removed, kept } = report;
  const word = dryRun ? "Would forget" : "Forgot";
  world.stdout.write(`${word} ${count(removed)}, kept ${kept}\n`);
  if (removed > 0 && !dryRun) {
    const next = nextCommand(["artifacts", "gc"], { flags, world });
    world.stderr.write(`${next} removes what only they named\n`);
  }
  return 0;
}

function count(runs: number): string {
  return runs === 1 ? "1 run" : `${runs} runs`;
}

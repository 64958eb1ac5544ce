import type { CommandInput } from "../command.ts";
import { printJson } from "../print_json.ts";
import { findRun } from "../runs/find_run.ts";
import { openRuns } from "../runs/open_runs.ts";
import { runPage } from "../runs/run_page.ts";

interface Flags {
  readonly stateDir: string | undefined;
  readonly json: boolean;
}

/** Shows what is known of one run. */
export async function run(
  { flags, operands: [id = ""], world }: CommandInput<Flags>,
): Promise<number> {
  using runs = await openRuns(flags, world);
  const record = await findRun(id, runs.journal);
  if (flags.json) printJson(world, record);
  else world.stdout.write(runPage(record));
  return 0;
}

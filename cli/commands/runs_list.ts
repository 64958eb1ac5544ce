import type { RunStatus } from "../../adapters/mod.ts";
import type { CommandInput } from "../command.ts";
import { printJson } from "../print_json.ts";
import { openRuns } from "../runs/open_runs.ts";
import { runTable } from "../runs/run_table.ts";
import { parseTime, parseWhole } from "../spans.ts";

interface Flags {
  readonly limit: string | undefined;
  readonly ref: string | undefined;
  readonly status: RunStatus | undefined;
  readonly since: string | undefined;
  readonly stateDir: string | undefined;
  readonly json: boolean;
}

const LIMIT = "20";

/** Lists recorded runs, newest first. */
export async function run(
  { flags, world }: CommandInput<Flags>,
): Promise<number> {
  const { limit = LIMIT, ref, status, since, json } = flags;
  const filter = {
    limit: parseWhole(limit, "--limit", { min: 1, max: 1_000_000 }),
    ...(ref === undefined ? {} : { ref }),
    ...(status === undefined ? {} : { status }),
    ...(since === undefined
      ? {}
      : { since: parseTime(since, "--since", world.clock.now()) }),
  };
  using runs = await openRuns(flags, world);
  const records = await runs.journal.list(filter);
  if (json) {
    printJson(world, {
      status: "success",
      runs: records,
      count: records.length,
    });
  } else if (records.length === 0) world.stderr.write("No recorded runs\n");
  else world.stdout.write(runTable(records));
  return 0;
}

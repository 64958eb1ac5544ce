import type { CommandInput } from "../command.ts";
import { printJson } from "../print_json.ts";
import { printable } from "../printable.ts";
import { comparedRuns } from "../runs/compared_runs.ts";
import type { Difference } from "../runs/differences.ts";
import { findRun, nameOf } from "../runs/find_run.ts";
import { openRuns } from "../runs/open_runs.ts";

interface Flags {
  readonly stateDir: string | undefined;
  readonly json: boolean;
}

/** Says where two recorded runs differ. */
export async function run(
  { flags, operands: [first = "", second = ""], world }: CommandInput<Flags>,
): Promise<number> {
  using runs = await openRuns(flags, world);
  const a = await findRun(first, runs.journal);
  const b = await findRun(second, runs.journal);
  const found = await comparedRuns(a, b, runs.store);
  if (flags.json) {
    printJson(world, {
      status: "success",
      equal: found.length === 0,
      first: found[0]?.path ?? null,
      differences: found,
    });
  } else {
    world.stdout.write(text(found, `${nameOf(a)} and ${nameOf(b)}`));
  }
  return 0;
}

function text(found: readonly Difference[], runs: string): string {
  const [first] = found;
  if (first === undefined) return `No difference between ${runs}\n`;
  const lines = found.flatMap(({ path, a, b }) => [
    path,
    `  - ${side(a)}`,
    `  + ${side(b)}`,
  ]);
  return `First difference: ${printable(first.path)}\n${
    lines.map((line) => `${printable(line)}\n`).join("")
  }`;
}

function side(value: Difference["a"]): string {
  return value === undefined ? "(nothing)" : JSON.stringify(value);
}

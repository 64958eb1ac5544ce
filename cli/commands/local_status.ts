import type { InstanceStatus } from "../../adapters/mod.ts";
import type { CommandInput } from "../command.ts";
import { localRoad } from "../local_road.ts";
import { whatItIs } from "../what_it_is.ts";
import { notRunning } from "../not_running.ts";
import { printJson } from "../print_json.ts";

interface Flags {
  readonly ref: string | undefined;
  readonly registry: readonly string[];
  readonly stateDir: string | undefined;
  readonly json: boolean;
}

/** Shows instances: what is recorded, and whether each answers now. */
export async function run(
  { flags, world }: CommandInput<Flags>,
): Promise<number> {
  const { engine } = await localRoad(flags, world);
  const all = await engine.list();
  const shown = flags.ref === undefined
    ? all
    : all.filter(({ instance }) => instance.ref === flags.ref);
  if (flags.ref !== undefined && shown.length === 0) {
    throw await notRunning(flags.ref, {
      engine,
      registry: flags.registry,
      world,
    });
  }
  if (flags.json) {
    printJson(world, {
      status: "success",
      instances: shown.map(row),
      count: shown.length,
    });
  } else world.stdout.write(table(shown));
  return 0;
}

function row({ instance, state }: InstanceStatus) {
  const { token: _, alreadyRunning: __, startedAt, ...rest } = instance;
  return {
    ...rest,
    started_at: startedAt,
    state,
    source: { state: "live", record: "recorded" },
  };
}

function table(rows: readonly InstanceStatus[]): string {
  if (rows.length === 0) return "No instances\n";
  const lines = rows.map(({ instance, state }) => {
    const { ref, url, startedAt, engine } = instance;
    return [ref, state, engine, url, whatItIs(instance), `since ${startedAt}`];
  });
  const widths =
    lines[0]?.map((_, i) =>
      Math.max(...lines.map((line) => line[i]?.length ?? 0))
    ) ?? [];
  return lines.map((line) =>
    `${
      line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ").trimEnd()
    }\n`
  ).join("");
}

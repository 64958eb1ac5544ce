import type { ImageComparison, InstanceStatus } from "../../adapters/mod.ts";
import { exitOf } from "../../schemas/mod.ts";
import { printFailure } from "../conclude.ts";
import { registryOf } from "../registry_of.ts";
import type { CommandInput } from "../command.ts";
import { localRoad } from "../local_road.ts";
import { whatItIs } from "../what_it_is.ts";
import { notRunning } from "../not_running.ts";
import { lookThrough } from "../progress/look_through.ts";
import { printJson } from "../print_json.ts";

interface Flags {
  readonly ref: string | undefined;
  readonly registry: readonly string[];
  readonly stateDir: string | undefined;
  readonly json: boolean;
}

/** An instance, and for a container what it runs and what is pinned. */
interface Shown extends InstanceStatus {
  readonly image?: ImageComparison;
}

/** Shows instances: what is recorded, and whether each answers now. */
export async function run(
  { flags, world }: CommandInput<Flags>,
): Promise<number> {
  const { engine } = await localRoad(flags, world);
  const all = await lookThrough("instances", world, () => engine.list());
  const found = flags.ref === undefined
    ? all
    : all.filter(({ instance }) => instance.ref === flags.ref);
  if (flags.ref !== undefined && found.length === 0) {
    throw await notRunning(flags.ref, {
      engine,
      registry: flags.registry,
      world,
    });
  }
  const registry = registryOf(flags, world);
  const shown = await Promise.all(found.map(async (status): Promise<Shown> => {
    const { container, ref } = status.instance;
    if (container === undefined) return status;
    const entry = registry.entry(ref)?.entry;
    return { ...status, image: await engine.compare(status, entry) };
  }));
  if (flags.json) {
    printJson(world, {
      status: "success",
      instances: shown.map(row),
      count: shown.length,
    });
  } else world.stdout.write(table(shown));
  const [drift] = shown.flatMap(({ image }) => image?.drift ?? []);
  if (drift === undefined) return 0;
  printFailure(drift, { flags, world });
  return exitOf(drift.code);
}

function row({ instance, state, why, unrecorded, elsewhere, image }: Shown) {
  const { token: _, alreadyRunning: __, startedAt, ...rest } = instance;
  return {
    ...rest,
    started_at: startedAt,
    state,
    ...(why === undefined ? {} : { why }),
    ...(elsewhere === undefined ? {} : { state_dir: elsewhere }),
    ...(image === undefined ? {} : { image: imageRow(image) }),
    source: {
      state: "live",
      record: unrecorded ? "live" : "recorded",
      ...(image === undefined ? {} : { image: image.source }),
    },
  };
}

function imageRow({ running, pinned, drift }: ImageComparison) {
  return {
    running,
    ...(pinned === undefined ? {} : { pinned }),
    drift: drift !== undefined,
  };
}

function table(rows: readonly Shown[]): string {
  if (rows.length === 0) return "No instances\n";
  const lines = rows.map(cells);
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

function cells(
  { instance, state, unrecorded, elsewhere, image }: Shown,
): readonly string[] {
  const { ref, url, startedAt, engine } = instance;
  return [
    ref,
    state,
    engine,
    url,
    whatItIs(instance),
    `since ${startedAt}`,
    ...(image === undefined ? [] : [imageText(image)]),
    ...(unrecorded && elsewhere === undefined ? ["not recorded"] : []),
    ...(elsewhere === undefined ? [] : [`of ${elsewhere}`]),
  ];
}

function imageText({ running, pinned, drift, source }: ImageComparison) {
  const known = source === "live" ? "" : " as recorded";
  if (drift !== undefined) return `runs ${running}, pinned ${pinned}: drift`;
  return `runs ${running}${known}${pinned === undefined ? ", not pinned" : ""}`;
}

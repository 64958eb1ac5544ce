import { Failure } from "../../schemas/mod.ts";
import type { CommandInput } from "../command.ts";
import { localRoad } from "../local_road.ts";
import { parseSpan, parseWhole } from "../spans.ts";
import type { World } from "../world.ts";
import { notRunning } from "../not_running.ts";

interface Flags {
  readonly ref: string;
  readonly follow: boolean;
  readonly tail: string | undefined;
  readonly since: string | undefined;
  readonly stateDir: string | undefined;
  readonly json: boolean;
}

/** Prints log lines, each a JSON object. */
export async function run(
  { flags, world }: CommandInput<Flags>,
): Promise<number> {
  const { engine } = await localRoad(flags, world);
  if (await engine.find(flags.ref) === undefined) {
    throw await notRunning(flags.ref, { engine, world });
  }
  const lines = engine.logs(flags.ref, {
    follow: flags.follow,
    ...(flags.tail === undefined
      ? {}
      : { tail: parseWhole(flags.tail, "--tail", { min: 0, max: 1e9 }) }),
    ...(flags.since === undefined
      ? {}
      : { since: sinceOf(flags.since, world) }),
    signal: world.interrupted,
  });
  const encoder = new TextEncoder();
  for await (const line of lines) {
    if (!await world.stdout.send(encoder.encode(`${line}\n`))) break;
  }
  return 0;
}

function sinceOf(text: string, world: World): string {
  if (/^\d+(\.\d+)?(ms|s|m|h)?$/.test(text)) {
    return new Date(world.clock.now() - parseSpan(text, "--since"))
      .toISOString();
  }
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw new Failure(
    "ERR_USAGE",
    `Cannot parse --since "${text}": expected a time such as 10m or 2026-01-31T12:00:00Z`,
  );
}

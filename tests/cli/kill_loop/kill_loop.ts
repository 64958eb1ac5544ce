import { chooseRounds, type Moment } from "./choose.ts";
import { openGround } from "./ground.ts";
import { leftovers } from "./leftovers.ts";
import { isOf, recordsOn, untrueRecords } from "./records.ts";
import { ordinary, ordinaryRun, play, type Played } from "./play.ts";

/** What many kills came to. */
export interface KillReport {
  readonly rounds: number;
  /** What should not be, in words. */
  readonly wrong: readonly string[];
  /** How many rounds have a record of which status. */
  readonly records: Readonly<Record<string, number>>;
  /** How many rounds ended with which exit code. */
  readonly exits: Readonly<Record<string, number>>;
  /** Milliseconds from a kill until every process of the round was gone. */
  readonly goneMs: { readonly median: number; readonly max: number };
}

export interface KillLoop {
  readonly count: number;
  readonly seed: number;
  /** From when the moments count; from the record on, every run must have one. */
  readonly from: Moment;
  readonly onRound?: (played: Played) => void;
}

/** Kills at random moments, as the seed has it, then does one ordinary run and looks at what is left. */
export async function killLoop(
  { count, seed, from, onRound = () => {} }: KillLoop,
): Promise<KillReport> {
  await using ground = await openGround();
  const played: Played[] = [];
  for (const round of chooseRounds(count, seed, from)) {
    const each = await play(round, ground);
    onRound(each);
    played.push(each);
  }
  await ordinary(["localctl", "stop", "--all"], ground);
  await ordinaryRun("last", ground);
  const records = await recordsOn(ground);
  const gone = played.flatMap(({ goneMs }) => goneMs ?? [])
    .sort((a, b) => a - b);
  return {
    rounds: count,
    wrong: [
      ...await leftovers(played, ground),
      ...untrueRecords(played, records),
    ],
    records: countBy(
      played.map(({ round }) => records.find(isOf(round))?.status ?? "none"),
    ),
    exits: countBy(played.map(({ code }) => String(code))),
    goneMs: {
      median: Math.round(gone[Math.floor(gone.length / 2)] ?? 0),
      max: Math.round(gone.at(-1) ?? 0),
    },
  };
}

function countBy(items: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[item] = (counts[item] ?? 0) + 1;
  return counts;
}

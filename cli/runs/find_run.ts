import type { Journal, RunRecord } from "../../adapters/mod.ts";
import { Failure, nearest } from "../../schemas/mod.ts";
import type { World } from "../world.ts";
import { openRuns } from "./open_runs.ts";

/** How many ids are looked at for one that was meant. */
const LOOKED_AT = 1000;

/** How many ids a message lists. */
const LISTED = 5;

/**
 * The recorded run that is meant: an execution id or the beginning of just one, then the last run with it;
 * `ID#2` is its second one. Else `ERR_RUN_UNKNOWN`.
 */
export async function findRun(
  text: string,
  journal: Journal,
): Promise<RunRecord> {
  const [, id = text, attempt] = /^(.+)#(\d+)$/.exec(text) ?? [];
  const found = await journal.find(id);
  const ids = [...new Set(found.map(({ execution_id }) => execution_id))];
  if (ids.length > 1) throw ambiguous(text, ids);
  if (found.length === 0) throw await unknown(text, id, journal);
  const run = attempt === undefined
    ? found[0]
    : found.find((record) => record.attempt === Number(attempt));
  if (run === undefined) throw noAttempt(text, found);
  return run;
}

/** The processor of the run that is meant; undefined where that cannot be told. */
export async function refOfRun(
  text: string,
  flags: Parameters<typeof openRuns>[0],
  world: World,
): Promise<string | undefined> {
  try {
    using runs = await openRuns(flags, world);
    return (await findRun(text, runs.journal)).ref;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** A run's name: its execution id, with the attempt when it is not the first. */
export function nameOf(
  { execution_id, attempt }: Pick<RunRecord, "execution_id" | "attempt">,
): string {
  return attempt === 1 ? execution_id : `${execution_id}#${attempt}`;
}

function ambiguous(text: string, ids: readonly string[]): Failure {
  const listed = ids.slice(0, LISTED).join(", ");
  const more = ids.length > LISTED ? ` and ${ids.length - LISTED} more` : "";
  return new Failure(
    "ERR_RUN_UNKNOWN",
    `Cannot tell which run "${text}" is: ${ids.length} ids begin so`,
    { hint: `They are ${listed}${more}` },
  );
}

async function unknown(
  text: string,
  id: string,
  journal: Journal,
): Promise<Failure> {
  const known = await journal.list({ limit: LOOKED_AT });
  const meant = nearest(id, known.map(({ execution_id }) => execution_id));
  return new Failure(
    "ERR_RUN_UNKNOWN",
    `Cannot find run "${text}": no recorded run has this id`,
    {
      hint: meant === undefined
        ? "runs list shows the recorded runs"
        : `Did you mean ${meant}?`,
    },
  );
}

function noAttempt(text: string, found: readonly RunRecord[]): Failure {
  const attempts = found.map(({ attempt }) => attempt).reverse().join(", ");
  return new Failure(
    "ERR_RUN_UNKNOWN",
    `Cannot find run "${text}": recorded are attempts ${attempts}`,
  );
}

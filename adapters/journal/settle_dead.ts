import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./database.ts";
import type { RunRecord } from "./journal.ts";
import { selectRows, writeRow } from "./rows.ts";
import type { RunLocks } from "./run_locks.ts";
import type { UnsettledFile, UnsettledFiles } from "./unsettled_files.ts";

/** What is beside the database. */
export interface Beside {
  readonly locks: RunLocks;
  readonly unsettled: UnsettledFiles;
  readonly now: () => Date;
  readonly note: (message: string) => void;
}

/**
 * Takes in records that could not be written when their runs ended, and settles as `died` those whose
 * processes are gone. Answers how many. Writes nothing when there is nothing to do.
 */
export function settleLeft(db: DatabaseSync, beside: Beside): number {
  const kept = beside.unsettled.all();
  if (kept.length === 0 && !hasDead(db, beside.locks)) return 0;
  const records = kept.flatMap(({ record }) => record ?? []);
  const { runs, files } = inTransaction(db, () => {
    for (const record of records) writeRow(db, record);
    // Looked at again: nobody begins or ends a run meanwhile.
    return settleDead(db, beside);
  });
  // Their records are safe only now.
  for (const file of kept) finish(file, beside.note);
  for (const key of files) beside.locks.remove(key);
  return records.length + runs;
}

function hasDead(db: DatabaseSync, locks: RunLocks): boolean {
  const running = new Set(runningRows(db).map(({ key }) => key));
  return locks.keys().some((key) => !running.has(key)) ||
    [...running].some((key) => !locks.isHeld(key));
}

function runningRows(db: DatabaseSync): readonly RunRecord[] {
  return selectRows(db, { status: "running", limit: -1 });
}

function finish(file: UnsettledFile, note: Beside["note"]): void {
  if (file.record !== undefined) return file.remove();
  note(`Cannot read a record: it was kept as "${file.putAside()}"`);
}

/** Answers how many runs died, and the keys of files that nobody needs any more. */
function settleDead(
  db: DatabaseSync,
  { locks, now }: Beside,
): { readonly runs: number; readonly files: readonly string[] } {
  const running = runningRows(db);
  const dead = running.filter(({ key }) => !locks.isHeld(key));
  for (const record of dead) {
    const ended_at = now().toISOString();
    writeRow(db, { ...record, status: "died", ended_at });
  }
  const known = new Set(running.map(({ key }) => key));
  const orphans = locks.keys().filter((key) => !known.has(key));
  const files = [...dead.map(({ key }) => key), ...orphans];
  return { runs: dead.length, files };
}

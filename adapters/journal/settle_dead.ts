import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./database.ts";
import { runningKeys, selectRows, writeRow } from "./rows.ts";
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
  const { unsettled, locks, note } = beside;
  if (!unsettled.isAny() && !hasDead(db, locks)) return 0;
  const { dead, orphans, kept } = inTransaction(db, () => settle(db, beside));
  // Their records are safe only now.
  for (const file of kept) finish(file, note);
  for (const key of [...dead, ...orphans]) locks.remove(key);
  return dead.length;
}

function hasDead(db: DatabaseSync, locks: RunLocks): boolean {
  const running = new Set(runningKeys(db));
  return locks.keys().some((key) => !running.has(key)) ||
    [...running].some((key) => !locks.isHeld(key));
}

function finish(file: UnsettledFile, note: Beside["note"]): void {
  if (file.record !== undefined) return file.remove();
  note(`Cannot read a record: it was kept as "${file.putAside()}"`);
}

/**
 * Looks at everything again: nobody begins or ends a run during the transaction. Files are read after the locks,
 * for a run keeps its record in a file before it lets its lock go. Answers keys of runs, and files to remove.
 */
function settle(db: DatabaseSync, { locks, unsettled, now }: Beside) {
  const running = selectRows(db, { status: "running", limit: -1 });
  const held = new Set(
    running.map(({ key }) => key).filter((key) => locks.isHeld(key)),
  );
  const left = running.filter(({ key }) => !held.has(key));
  const kept = unsettled.all();
  for (const record of left) {
    const ended_at = now().toISOString();
    writeRow(db, { ...record, status: "died", ended_at });
  }
  const records = kept.flatMap(({ record }) => record ?? []);
  for (const record of records) writeRow(db, record);
  const dead = [...new Set([...left, ...records].map(({ key }) => key))];
  const orphans = locks.keys().filter((key) => !held.has(key));
  return { dead, orphans, kept };
}

import type { DatabaseSync } from "node:sqlite";
import { inTransaction, pragma } from "./database.ts";
import { MIGRATIONS } from "./migrations.ts";

/** Marks a database file as a journal: the letters `thry`. */
const APPLICATION_ID = 0x74687279;

/** Whether a database is a journal, of whatever form. */
export function isJournal(db: DatabaseSync): boolean {
  return pragma(db, "application_id") === APPLICATION_ID;
}

/** Whether it is a journal as this program makes and reads it. */
export function isCurrent(db: DatabaseSync): boolean {
  return versionOf(db) === MIGRATIONS.length && isJournal(db);
}

export function versionOf(db: DatabaseSync): number {
  return pragma(db, "user_version");
}

/** Brings an empty database, or a journal of an older form, to the current one. */
export function toCurrentForm(db: DatabaseSync): void {
  db.exec("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL");
  inTransaction(db, () => {
    for (const step of MIGRATIONS.slice(versionOf(db))) db.exec(step);
    db.exec(
      `PRAGMA user_version = ${MIGRATIONS.length}; PRAGMA application_id = ${APPLICATION_ID}`,
    );
  });
}

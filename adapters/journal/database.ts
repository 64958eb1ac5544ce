import type { DatabaseSync } from "node:sqlite";

/** Milliseconds that SQLite itself waits for a lock, with the whole program standing still. */
const STAND_STILL = 20;

/**
 * Opens a database file. `synchronous=NORMAL`: what was recorded outlives the process however that ends, and
 * a power cut costs at most the newest records, never the whole; FULL would make every run wait for the
 * disk several times.
 */
export async function connect(path: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await import("node:sqlite");
  const db = new DatabaseSync(path, { timeout: STAND_STILL });
  try {
    db.exec("PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY");
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Does something in one write transaction: all of it, or on an error nothing. */
export function inTransaction<T>(db: DatabaseSync, action: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = action();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

/** The number that a pragma answers. */
export function pragma(db: DatabaseSync, name: string): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}

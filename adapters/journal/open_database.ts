import type { DatabaseSync } from "node:sqlite";
import { Failure } from "../../schemas/mod.ts";
import { connect, inTransaction, pragma } from "./database.ts";
import { ifThere } from "./if_there.ts";
import { MIGRATIONS } from "./migrations.ts";
import { type Patience, patiently } from "./patient.ts";
import { exclusively } from "./exclusively.ts";
import { setAside } from "./set_aside.ts";
import { isDamaged } from "./sqlite_failure.ts";

/** Marks a database file as a journal: the letters `thry`. */
const APPLICATION_ID = 0x74687279;

export interface OpenOptions {
  readonly patience: Patience;
  /** Whether damage was met, so that all of it is to be read. */
  readonly suspect: boolean;
  readonly now: () => Date;
  /** Tells the user what was done without being asked. */
  readonly note: (message: string) => void;
}

/**
 * Opens the journal's database in its current form: made when missing, private to the user; brought up
 * to date when older, refused when newer. A damaged one is set aside and a new one begun, which is said.
 */
export async function openDatabase(
  path: string,
  options: OpenOptions,
): Promise<DatabaseSync> {
  const { suspect, patience } = options;
  const ready = suspect ? undefined : await asItIs(path, patience);
  if (ready !== undefined) return ready;
  return await exclusively(`${path}.lock`, patience, async () => {
    await replaceDamaged(path, options);
    makePrivate(path);
    return await prepared(path, patience);
  });
}

/** The database, if there is one that nothing has to be done to. */
async function asItIs(
  path: string,
  patience: Patience,
): Promise<DatabaseSync | undefined> {
  if (!isThere(path)) return undefined;
  const db = await connectPatiently(path, patience);
  if (db === undefined) return undefined;
  try {
    if (await patiently(patience, () => isCurrent(db))) return db;
  } catch (error) {
    db.close();
    if (isDamaged(error)) return undefined;
    throw error;
  }
  db.close();
  return undefined;
}

/** Undefined when it is damaged. */
async function connectPatiently(
  path: string,
  patience: Patience,
): Promise<DatabaseSync | undefined> {
  try {
    const opened = await patiently(patience, () => connect(path));
    return opened;
  } catch (error) {
    if (isDamaged(error)) return undefined;
    throw error;
  }
}

/** What SQLite puts beside it gets the same mode. */
function makePrivate(path: string): void {
  Deno.openSync(path, { create: true, write: true, mode: 0o600 }).close();
}

function isThere(path: string): boolean {
  return (ifThere(() => Deno.statSync(path))?.size ?? 0) > 0;
}

async function replaceDamaged(
  path: string,
  { patience, now, note }: OpenOptions,
): Promise<void> {
  if (!isThere(path) || await isWhole(path, patience)) return;
  const place = setAside(path, now());
  note(
    `Journal "${path}" is damaged: it was kept as "${place}", and a new one begun`,
  );
}

/** Reads all of it: only done when something is wrong, or with a journal of another form. */
async function isWhole(path: string, patience: Patience): Promise<boolean> {
  const db = await connectPatiently(path, patience);
  if (db === undefined) return false;
  try {
    return await patiently(patience, () => check(db));
  } catch (error) {
    if (isDamaged(error)) return false;
    throw error;
  } finally {
    db.close();
  }
}

function check(db: DatabaseSync): boolean {
  const rows = db.prepare("PRAGMA integrity_check(1)").all();
  const isOurs = pragma(db, "application_id") === APPLICATION_ID ||
    db.prepare("SELECT name FROM sqlite_schema").get() === undefined;
  return isOurs && rows[0]?.["integrity_check"] === "ok";
}

/** Brings a database that nobody else prepares to its current form. */
async function prepared(
  path: string,
  patience: Patience,
): Promise<DatabaseSync> {
  // Whoever looked at it a moment ago may still be closing it.
  const db = await patiently(patience, () => connect(path));
  try {
    await patiently(patience, () => {
      if (versionOf(db) > MIGRATIONS.length) throw newer(path, versionOf(db));
      db.exec("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL");
      migrate(db);
    });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(db: DatabaseSync): void {
  inTransaction(db, () => {
    for (const step of MIGRATIONS.slice(versionOf(db))) db.exec(step);
    db.exec(
      `PRAGMA user_version = ${MIGRATIONS.length}; PRAGMA application_id = ${APPLICATION_ID}`,
    );
  });
}

function isCurrent(db: DatabaseSync): boolean {
  return versionOf(db) === MIGRATIONS.length &&
    pragma(db, "application_id") === APPLICATION_ID;
}

function versionOf(db: DatabaseSync): number {
  return pragma(db, "user_version");
}

function newer(path: string, version: number): Failure {
  return new Failure(
    "ERR_JOURNAL",
    `Cannot use journal "${path}": it has form ${version}, and this version of theoryctl knows ${MIGRATIONS.length}`,
    { hint: "Use the newer theoryctl, or another --state-dir" },
  );
}

import type { DatabaseSync } from "node:sqlite";
import { dirname, Failure } from "../../schemas/mod.ts";
import { syncFolder } from "../store/folders.ts";
import { connect } from "./database.ts";
import { exclusively } from "./exclusively.ts";
import { isCurrent, isJournal, toCurrentForm, versionOf } from "./form.ts";
import { ifThere } from "../if_there.ts";
import { MIGRATIONS } from "./migrations.ts";
import { newDatabase } from "./new_database.ts";
import { type Patience, patiently } from "./patient.ts";
import { allRows } from "./rows.ts";
import { setAside } from "./set_aside.ts";
import { isDamaged } from "./sqlite_failure.ts";

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
    await seeToWhole(path, options);
    return await prepared(path, patience);
  });
}

/** The database, if there is one that nothing has to be done to. */
async function asItIs(
  path: string,
  patience: Patience,
): Promise<DatabaseSync | undefined> {
  if (lookAt(path) !== "there") return undefined;
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

/** Never opens it: beside an empty file SQLite removes the log, with the newest records. */
function lookAt(path: string): "missing" | "empty" | "there" {
  const found = ifThere(() => Deno.statSync(path));
  if (found === undefined) return "missing";
  return found.isFile && found.size === 0 ? "empty" : "there";
}

/** Sees to it that a whole journal is there. At no time is there none where one was. */
async function seeToWhole(
  path: string,
  { patience, now, note }: OpenOptions,
): Promise<void> {
  const before = lookAt(path);
  if (before === "there" && await isWhole(path, patience)) return;
  const made = await newDatabase(path);
  const place = setAside(path, now());
  Deno.renameSync(made, path);
  await syncFolder(dirname(path));
  if (before === "missing") return;
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
  if (!isJournal(db) || rows[0]?.["integrity_check"] !== "ok") return false;
  // What a record of another form has to be is not known.
  if (isCurrent(db)) { for (const _ of allRows(db)); }
  return true;
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
      toCurrentForm(db);
    });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function newer(path: string, version: number): Failure {
  return new Failure(
    "ERR_JOURNAL",
    `Cannot use journal "${path}": it has form ${version}, and this version of theoryctl knows ${MIGRATIONS.length}`,
    { hint: "Use the newer theoryctl, or another --state-dir" },
  );
}

import type { DatabaseSync } from "node:sqlite";
import type { Cid } from "../../schemas/mod.ts";
import { Failure, join } from "../../schemas/mod.ts";
import { inTransaction } from "./database.ts";
import type { Journal, NewRun, OpenRun, RunRecord } from "./journal.ts";
import { cidsOf } from "./named_cids.ts";
import { openDatabase } from "./open_database.ts";
import { type Patience, patiently } from "./patient.ts";
import { allRows, findRows, removeRows, selectRows, writeRow } from "./rows.ts";
import { type RunLock, runLocks } from "./run_locks.ts";
import { damagedIn } from "./set_aside.ts";
import { type Beside, settleLeft } from "./settle_dead.ts";
import { isDamaged, journalFailure } from "./sqlite_failure.ts";
import { unsettledFiles } from "./unsettled_files.ts";

export interface SqliteJournalParts {
  /** The state folder, which exists. */
  readonly folder: string;
  readonly now: () => Date;
  /** Tells the user what was done without being asked. */
  readonly note: (message: string) => void;
  /** Milliseconds until a journal that others lock is an error; default 10 s. */
  readonly waitMs?: number;
}

const NAME = "journal.db";

/** Milliseconds for what may as well be left. */
const BRIEFLY = 500;

/** A connection that is opened when first used, and again after its database was set aside. */
interface Connection {
  /** Does something all or nothing, again while it is locked, and once more on a new database. */
  use<T>(action: (db: DatabaseSync) => T, patience?: Patience): Promise<T>;
  close(): void;
}

/**
 * The journal of a state folder, for any number of processes at once.
 *
 * `journal.db` is an SQLite database with a write-ahead log, `running/` holds a locked file for each run that
 * goes on, `unsettled/` what could not be written. Needs read and write permission for the folder.
 */
export function sqliteJournal(parts: SqliteJournalParts): Journal {
  const { folder, waitMs = 10_000 } = parts;
  const beside: Beside = {
    locks: runLocks(join(folder, "running")),
    unsettled: unsettledFiles(join(folder, "unsettled")),
    now: parts.now,
    note: parts.note,
  };
  const connection = connectionTo(join(folder, NAME), { ...parts, waitMs });
  return {
    begin: (run, signal) => begin(connection, beside, { run, signal, waitMs }),
    settleDead: () => connection.use((db) => settleLeft(db, beside)),
    list: (filter) => connection.use((db) => selectRows(db, filter)),
    find: (id) => connection.use((db) => findRows(db, id)),
    namedCids: () => namedCids(connection, beside, folder),
    gc: (options) =>
      connection.use((db) => inTransaction(db, () => removeRows(db, options))),
    close: () => connection.close(),
  };
}

function connectionTo(
  path: string,
  { waitMs, now, note }: Required<SqliteJournalParts>,
): Connection {
  let opened: DatabaseSync | undefined;
  const close = () => {
    opened?.close();
    opened = undefined;
  };
  return {
    close,
    async use(action, patience = { waitMs }) {
      try {
        for (let anew = false;; anew = true) {
          const db = opened ??= await openDatabase(path, {
            patience,
            now,
            note,
            suspect: anew,
          });
          try {
            return await patiently(patience, () => action(db));
          } catch (error) {
            if (!isDamaged(error) || anew) throw error;
            close();
          }
        }
      } catch (error) {
        throw journalFailure(path, error);
      }
    },
  };
}

async function begin(
  connection: Connection,
  beside: Beside,
  { run, signal, waitMs }: {
    readonly run: NewRun;
    readonly signal: AbortSignal;
    readonly waitMs: number;
  },
): Promise<OpenRun> {
  const patience = { waitMs, signal };
  await connection.use((db) => settleLeft(db, beside), patience);
  const [record, lock] = await connection.use((db) => {
    return inTransaction(db, () => addRunning(db, beside, run));
  }, patience);
  return openRun(record, lock, { connection, beside });
}

/** The lock comes with the row: nobody sees one without the other. */
function addRunning(
  db: DatabaseSync,
  { locks }: Beside,
  run: NewRun,
): readonly [RunRecord, RunLock] {
  const unnumbered = { ...run, attempt: 1, pid: Deno.pid };
  const record = writeRow(db, { ...unnumbered, status: "running" });
  return [record, locks.take(run.key)];
}

function openRun(
  record: RunRecord,
  lock: RunLock,
  { connection, beside }: {
    readonly connection: Connection;
    readonly beside: Beside;
  },
): OpenRun {
  const write = (now: RunRecord, patience?: Patience) =>
    connection.use(
      (db) => inTransaction(db, () => writeRow(db, now)),
      patience,
    );
  return {
    record,
    async note(now) {
      try {
        await write(now, { waitMs: BRIEFLY });
      } catch {
        // What stands in the way will still do so when the run is settled, and is told then.
      }
    },
    async settle(now) {
      try {
        await write(now);
      } catch (error) {
        keepBeside(now, beside, error);
      } finally {
        lock.release();
      }
    },
  };
}

function keepBeside(
  record: RunRecord,
  { unsettled, note }: Beside,
  error: unknown,
): void {
  if (!(error instanceof Failure)) throw error;
  try {
    unsettled.keep(record);
  } catch {
    // The first error says what is wrong with the place.
    throw error;
  }
  note(`${error.message}; the next command records how this run ended`);
}

async function* namedCids(
  connection: Connection,
  beside: Beside,
  folder: string,
): AsyncGenerator<Cid> {
  await connection.use((db) => settleLeft(db, beside));
  const cids = await connection.use((db) =>
    new Set([...allRows(db)].flatMap(cidsOf))
  );
  const [damaged] = damagedIn(folder, NAME);
  if (damaged !== undefined) throw unknownNames(join(folder, damaged));
  yield* cids;
}

function unknownNames(damaged: string): Failure {
  return new Failure(
    "ERR_JOURNAL",
    `Cannot tell what recorded runs need: journal "${damaged}" was damaged and set aside`,
    { hint: "Recover it or remove it, then run this again" },
  );
}

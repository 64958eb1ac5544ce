import { dirname, Failure } from "../../schemas/mod.ts";

/** Somebody else is writing; it may work in a moment. */
export function isBusy(error: unknown): boolean {
  return says(error, /^(?:database|database table|database schema) is locked/);
}

/** What is in the row of a record is none: SQLite does not see that a page has other bytes, or lacks its end. */
export class DamagedRecord extends Error {
  override readonly name = "DamagedRecord";

  constructor() {
    super("Cannot read a record: it is damaged");
  }
}

/** The file is no database, or was damaged. */
export function isDamaged(error: unknown): boolean {
  return error instanceof DamagedRecord || says(
    error,
    /^(?:file is not a database|database disk image is malformed|malformed database schema)/,
  );
}

/** What went wrong with a journal, for people; permission errors of Deno stay what they are. */
export function journalFailure(path: string, error: unknown): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  if (error.name === "NotCapable" || error.name === "AbortError") return error;
  const found = isBusy(error)
    ? "another program has locked it"
    : isDamaged(error)
    ? "it is damaged"
    : isClosed(error) && !mayBeWritten(path)
    ? READ_ONLY
    : isStuck(error) && !hasRoom(path)
    ? FULL
    : error.message;
  const hint = HINTS[found];
  return new Failure("ERR_JOURNAL", `Cannot use journal "${path}": ${found}`, {
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  });
}

// Without what it keeps beside the file SQLite does not read a write-ahead log, not even an empty one.
const READ_ONLY =
  "its folder is read-only, and even reading it takes writing beside it";

const FULL = "its disk is full";

const HINTS: Readonly<Record<string, string>> = {
  [READ_ONLY]:
    "Make the state folder writable, or copy it to where you may write and name the copy with --state-dir",
  [FULL]: "Make room; even reading it takes some beside it",
};

/** The system did not let it be opened or written. */
function isClosed(error: Error): boolean {
  return error instanceof Deno.errors.PermissionDenied ||
    says(error, /^unable to open database file|readonly|os error 30\b/);
}

/** Tries it: what the file says about its modes does not count on a disk that is read-only. */
function mayBeWritten(path: string): boolean {
  try {
    Deno.removeSync(Deno.makeTempFileSync({ dir: dirname(path) }));
    return true;
  } catch {
    return false;
  }
}

/** Something could not be written. */
function isStuck(error: Error): boolean {
  return says(error, /^(?:database or disk is full|disk I\/O error)|os error/);
}

/** Room for what SQLite keeps beside the file, at least. */
function hasRoom(path: string): boolean {
  try {
    const probe = Deno.makeTempFileSync({ dir: dirname(path) });
    try {
      Deno.writeFileSync(probe, new Uint8Array(2 ** 16));
    } finally {
      Deno.removeSync(probe);
    }
    return true;
  } catch (error) {
    // No space, a limit of the system for a file, and one for the user.
    return !says(error, /\(os error (?:28|27|122)\)/);
  }
}

// The number of the error is not always there; the texts are those of SQLite itself.
function says(error: unknown, text: RegExp): boolean {
  return error instanceof Error && text.test(error.message);
}

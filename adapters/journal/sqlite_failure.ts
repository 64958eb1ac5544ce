import { Failure } from "../../schemas/mod.ts";

/** Somebody else is writing; it may work in a moment. */
export function isBusy(error: unknown): boolean {
  return says(error, /^(?:database|database table|database schema) is locked/);
}

/** The file is no database, or was damaged. */
export function isDamaged(error: unknown): boolean {
  return says(
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
    : error.message;
  return new Failure(
    "ERR_JOURNAL",
    `Cannot use journal "${path}": ${found}`,
    { cause: error },
  );
}

// The number of the error is not always there; the texts are those of SQLite itself.
function says(error: unknown, text: RegExp): boolean {
  return error instanceof Error && text.test(error.message);
}

/**
 * The steps from an empty database to the current form; `user_version` is how many were taken. A step that
 * was released never changes: what is new is a new step, with a database of before in the tests.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE runs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    execution_id TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    ref TEXT NOT NULL,
    status TEXT NOT NULL,
    started_at TEXT NOT NULL,
    record TEXT NOT NULL,
    UNIQUE (execution_id, attempt)
  ) STRICT;
  CREATE INDEX runs_by_ref ON runs (ref, seq);
  CREATE INDEX runs_by_status ON runs (status, seq);`,
];

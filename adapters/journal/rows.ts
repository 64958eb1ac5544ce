import type { DatabaseSync } from "node:sqlite";
import type {
  RunFilter,
  RunRecord,
  RunsGcOptions,
  RunsGcReport,
} from "./journal.ts";
import { recordFrom } from "./record_text.ts";
import { DamagedRecord } from "./sqlite_failure.ts";

/** Adds or replaces a record; the attempt of a new one is the next of its execution id. Answers it. */
export function writeRow(db: DatabaseSync, record: RunRecord): RunRecord {
  if (updateRow(db, record)) return record;
  const numbered = { ...record, attempt: nextAttempt(db, record.execution_id) };
  const { key, execution_id, attempt, ref, status, started_at } = numbered;
  db.prepare(
    "INSERT INTO runs (key, execution_id, attempt, ref, status, started_at, record) VALUES (?, ?, ?, ?, ?, ?, ?)",
  ).run(
    key,
    execution_id,
    attempt,
    ref,
    status,
    started_at,
    JSON.stringify(numbered),
  );
  return numbered;
}

function updateRow(db: DatabaseSync, record: RunRecord): boolean {
  const update = db.prepare(
    "UPDATE runs SET status = ?, record = ? WHERE key = ?",
  );
  const { status, key } = record;
  return update.run(status, JSON.stringify(record), key).changes > 0;
}

function nextAttempt(db: DatabaseSync, executionId: string): number {
  const row = db.prepare(
    "SELECT coalesce(max(attempt), 0) + 1 AS next FROM runs WHERE execution_id = ?",
  ).get(executionId);
  return Number(row?.["next"]);
}

/** Records, newest first. */
export function selectRows(
  db: DatabaseSync,
  { ref, status, since, limit }: RunFilter,
): readonly RunRecord[] {
  const conditions = [
    ...(ref === undefined ? [] : [["ref = ?", ref]]),
    ...(status === undefined ? [] : [["status = ?", status]]),
    ...(since === undefined ? [] : [["started_at >= ?", since]]),
  ];
  const where = conditions.map(([text]) => text).join(" AND ") || "true";
  return db.prepare(
    `SELECT record FROM runs WHERE ${where} ORDER BY seq DESC LIMIT ?`,
  ).all(...conditions.map(([, value]) => value ?? null), limit).map(recordOf);
}

/** The keys of runs that are going on, or were when they were last heard of. */
export function runningKeys(db: DatabaseSync): readonly string[] {
  return db.prepare("SELECT key FROM runs WHERE status = 'running'").all().map((
    row,
  ) => String(row["key"]));
}

/** Records with an execution id, or else with one that begins so. */
export function findRows(db: DatabaseSync, id: string): readonly RunRecord[] {
  const exact = db.prepare(
    "SELECT record FROM runs WHERE execution_id = ? ORDER BY seq DESC",
  ).all(id);
  if (exact.length > 0) return exact.map(recordOf);
  return db.prepare(
    "SELECT record FROM runs WHERE substr(execution_id, 1, ?) = ? ORDER BY seq DESC",
  ).all(id.length, id).map(recordOf);
}

/** Every record, one at a time. Throws {@linkcode DamagedRecord}, as all that reads records. */
export function* allRows(db: DatabaseSync): Iterable<RunRecord> {
  for (const row of db.prepare("SELECT record FROM runs").iterate()) {
    yield recordOf(row);
  }
}

/** Removes settled records, or counts those that would be. */
export function removeRows(
  db: DatabaseSync,
  { keep = 0, before, dryRun }: RunsGcOptions,
): RunsGcReport {
  const old = `FROM runs WHERE status <> 'running' AND started_at < ?
    AND seq NOT IN (SELECT seq FROM runs ORDER BY seq DESC LIMIT ?)`;
  const values = [before ?? "9999", keep] as const;
  const removed = count(db, old, values);
  if (!dryRun) {
    db.prepare(`DELETE ${old}`).run(...values);
    // Frees one page for each row that is asked for.
    db.prepare("PRAGMA incremental_vacuum").all();
  }
  const kept = count(db, "FROM runs", []) - (dryRun ? removed : 0);
  return { removed, kept };
}

function count(
  db: DatabaseSync,
  from: string,
  values: readonly (string | number)[],
): number {
  const row = db.prepare(`SELECT count(*) AS n ${from}`).get(...values);
  return Number(row?.["n"]);
}

function recordOf(row: Record<string, unknown>): RunRecord {
  const record = recordFrom(String(row["record"]));
  if (record === undefined) throw new DamagedRecord();
  return record;
}

import type { RunRecord } from "../../adapters/mod.ts";
import { spanText } from "../amounts.ts";
import { printable } from "../printable.ts";
import { nameOf } from "./find_run.ts";

/** Recorded runs as a table, one line each. */
export function runTable(records: readonly RunRecord[]): string {
  const rows = records.map(cells);
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0))
  );
  return rows.map((row) => {
    const padded = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    return `${padded.join("  ").trimEnd()}\n`;
  }).join("");
}

function cells(record: RunRecord): readonly string[] {
  const { ref, mode, status, started_at, envelope } = record;
  return [
    nameOf(record),
    status,
    printable(ref),
    mode,
    `${started_at.slice(0, 19)}Z`,
    durationOf(record),
    envelope?.status === "error" ? printable(envelope.error.code) : "",
  ];
}

/** How long a run took; nothing for one that goes on or died, which nobody saw end. */
export function durationOf(
  { status, started_at, ended_at }: RunRecord,
): string {
  if (ended_at === undefined || status === "died") return "";
  return spanText(Math.max(0, Date.parse(ended_at) - Date.parse(started_at)));
}

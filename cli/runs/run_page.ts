import type { RunRecord } from "../../adapters/mod.ts";
import type { RunEvent } from "../../schemas/mod.ts";
import { bytesText } from "../amounts.ts";
import { printable } from "../printable.ts";
import { nameOf } from "./find_run.ts";
import { durationOf } from "./run_table.ts";

type Line = readonly [name: string, value: string];

/** Everything that is known of a run, for people. */
export function runPage(record: RunRecord): string {
  const lines = [
    ...course(record),
    ...inward(record),
    ...outward(record),
    ...told(record),
  ];
  const body = lines.map(([name, value]) =>
    `  ${name.padEnd(10)} ${printable(value)}\n`
  );
  return `${nameOf(record)}\n${body.join("")}`;
}

function course(record: RunRecord): readonly Line[] {
  const { ref, mode, adapter, engine, started_at, pid, timings_ms } = record;
  const phases = Object.entries(timings_ms).map(([phase, ms]) =>
    `${phase} ${ms} ms`
  );
  return [
    ["status", statusText(record)],
    ["processor", `${ref} in ${mode}`],
    ["place", [adapter, engine, `pid ${pid}`].filter(Boolean).join(", ")],
    ["started", started_at],
    ...line("took", durationOf(record)),
    ...line("phases", phases.join(", ")),
  ];
}

function statusText(
  { status, phase, exit_code, envelope, ended_at }: RunRecord,
): string {
  if (status === "running") return `running, in phase ${phase}`;
  if (status === "died") {
    const answer = envelope === undefined ? "" : " after it had answered";
    return `died in phase ${phase}${answer}, found at ${ended_at}`;
  }
  return `${status}, exit code ${exit_code}`;
}

function inward(record: RunRecord): readonly Line[] {
  const { command, inputs, registry_snapshot, attachments } = record;
  return [
    ["command", command.join(" ")],
    ...line("inputs", inputs),
    ...line("entry", registry_snapshot),
    ...attachments.map(({ name, cid, size, mime }): Line => [
      "attached",
      `${name}: ${bytesText(size)}, ${mime}, ${cid}`,
    ]),
  ];
}

function outward({ envelope }: RunRecord): readonly Line[] {
  if (envelope === undefined) return [];
  if (envelope.status === "error") {
    const { code, message } = envelope.error;
    return [["error", `${code} ${message}`]];
  }
  return envelope.outputs.map(({ path, size_bytes, mime, cid }) => [
    "output",
    `${path}: ${bytesText(size_bytes)}, ${mime}, ${cid}`,
  ]);
}

function told({ events, tokens }: RunRecord): readonly Line[] {
  return [
    ...events.map((event): Line => ["event", eventText(event)]),
    ...(tokens === 0 ? [] : [["tokens", String(tokens)]] as const),
  ];
}

function eventText({ kind, content }: RunEvent): string {
  return kind === "Log" ? `log ${content.msg}` : JSON.stringify(content);
}

function line(name: string, value: string | undefined): readonly Line[] {
  return value === undefined || value === "" ? [] : [[name, value]];
}

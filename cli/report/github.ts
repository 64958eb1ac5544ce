import { type Diagnostic, positions } from "../../schemas/mod.ts";
import type { Findings } from "./findings.ts";

/** Workflow commands of GitHub Actions, by severity. */
const COMMANDS = {
  error: "error",
  warning: "warning",
  info: "notice",
  hint: "notice",
} as const;

/** The report as GitHub Actions annotations: one workflow command a line. */
export function renderGithub(findings: readonly Findings[]): string {
  return findings.flatMap(({ source, diagnostics }) => {
    const locate = positions(source.text);
    return diagnostics.map((each) => command(source.name, each, locate));
  }).join("");
}

function command(
  file: string,
  { code, severity, message, span, expected }: Diagnostic,
  locate: ReturnType<typeof positions>,
): string {
  const start = locate(span.start);
  const end = locate(Math.max(span.start, span.end));
  // GitHub shows columns only for findings on one line; its end column is the last one inside.
  const columns = end.line === start.line
    ? { col: start.column, endColumn: Math.max(start.column, end.column - 1) }
    : { col: start.column };
  const properties = {
    file,
    line: start.line,
    endLine: end.line,
    ...columns,
    title: code,
  };
  const list = Object.entries(properties)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const text = expected === undefined
    ? message
    : `${message}\nexpected ${expected}`;
  return `::${COMMANDS[severity]} ${list.join(",")}::${escapeData(text)}\n`;
}

/** As `@actions/core` escapes: a line break would end the command. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

import {
  type Diagnostic,
  type Fix,
  positions,
  type Related,
  type Severity,
  type Source,
} from "../../schemas/mod.ts";
import { printable } from "../printable.ts";
import { excerpt } from "./excerpt.ts";
import type { Findings } from "./findings.ts";
import { type Paint, painter } from "./paint.ts";

/**
 * The report for people: each finding with its line, what was expected and how to mend it, then a line
 * that counts them. Empty when nothing was found.
 */
export function renderText(
  findings: readonly Findings[],
  { color }: { readonly color: boolean },
): string {
  const paint = painter(color);
  const all = findings.flatMap(({ source, diagnostics }) => {
    const locate = positions(source.text);
    return diagnostics.map((each) => finding(each, { source, locate, paint }));
  });
  if (all.length === 0) return "";
  const count = counts(findings.flatMap(({ diagnostics }) => diagnostics));
  return `${all.join("\n\n")}\n\n${count}\n`;
}

interface Page {
  readonly source: Source;
  readonly locate: ReturnType<typeof positions>;
  readonly paint: Paint;
}

function finding(diagnostic: Diagnostic, page: Page): string {
  const { code, severity, message, expected, span } = diagnostic;
  const { source, locate, paint } = page;
  const { line, column } = locate(span.start);
  const place = paint("strong", placeIn(source, { line, column }));
  const head = `${place} ${paint(severity, `${severity} ${code}`)} ${
    printable(message)
  }`;
  return [
    head,
    ...shown(diagnostic, page),
    ...(expected === undefined ? [] : [`  expected ${printable(expected)}`]),
    ...(diagnostic.fixes ?? []).map(fix),
    ...(diagnostic.related ?? []).map((each) => related(each, page)),
  ].join("\n");
}

function placeIn(
  { name }: Source,
  { line, column }: ReturnType<Page["locate"]>,
): string {
  return `${printable(name)}:${line}:${column}:`;
}

function shown(
  { span, severity }: Diagnostic,
  { source, locate, paint }: Page,
): readonly string[] {
  const { line, column } = locate(span.start);
  const lineStart = Math.min(span.start, source.text.length) - column + 1;
  const part = excerpt(source.text, span, lineStart);
  if (part.line.trim() === "") return [];
  const margin = `  ${line} | `;
  const blank = `${" ".repeat(margin.length - 2)}| `;
  return [
    `${paint("faint", margin)}${part.line}`,
    `${paint("faint", blank)}${paint(severity, part.marker)}`,
  ];
}

function fix({ title }: Fix): string {
  return `  fix: ${printable(title)}`;
}

function related(
  { message, span, source: other }: Related,
  { source, locate }: Page,
): string {
  if (other !== undefined && other !== source.name) {
    return printable(`  ${other}: ${message}`);
  }
  return `  ${placeIn(source, locate(span.start))} ${printable(message)}`;
}

const SEVERITIES: readonly (readonly [Severity, string])[] = [
  ["error", "error"],
  ["warning", "warning"],
  ["info", "note"],
  ["hint", "hint"],
];

/** `2 errors, 1 warning` */
function counts(diagnostics: readonly Diagnostic[]): string {
  return SEVERITIES.flatMap(([severity, noun]) => {
    const count = diagnostics.filter((each) => each.severity === severity)
      .length;
    return count === 0 ? [] : [`${count} ${noun}${count === 1 ? "" : "s"}`];
  }).join(", ");
}

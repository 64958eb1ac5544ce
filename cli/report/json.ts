import {
  type Diagnostic,
  type Fix,
  fixesToTell,
  type Position,
  positions,
  type Span,
} from "../../schemas/mod.ts";
import { hideSecrets } from "../../schemas/checker.ts";
import { docsOf } from "./docs.ts";
import type { Findings } from "./findings.ts";

type Locate = ReturnType<typeof positions>;

/** The report for programs: a JSON array, one finding a line. Lines and columns count from 1, in UTF-16 units. */
export function renderJson(findings: readonly Findings[]): string {
  const rows = findings.flatMap(({ source, diagnostics }) => {
    const locate = positions(source.text);
    return diagnostics.map((each) => row(source.name, each, locate));
  });
  if (rows.length === 0) return "[]\n";
  return `[\n${rows.map((each) => JSON.stringify(each)).join(",\n")}\n]\n`;
}

function row(
  file: string,
  { code, severity, message, pointer, span, expected, fixes: all }: Diagnostic,
  locate: Locate,
): unknown {
  const { fixes } = fixesToTell(all);
  return {
    file,
    code,
    severity,
    message,
    pointer: hideSecrets(pointer),
    range: range(span, locate),
    ...(expected === undefined ? {} : { expected }),
    ...(fixes === undefined ? {} : {
      fixes: fixes.map((each) => fix(each, locate)),
    }),
    docs: docsOf(code),
  };
}

function fix({ title, edits, choice }: Fix, locate: Locate): unknown {
  return {
    title,
    ...(choice === true ? { choice } : {}),
    edits: edits.map(({ span, text }) => ({
      range: range(span, locate),
      text,
    })),
  };
}

function range(
  { start, end }: Span,
  locate: Locate,
): { readonly start: Position; readonly end: Position } {
  return { start: locate(start), end: locate(end) };
}

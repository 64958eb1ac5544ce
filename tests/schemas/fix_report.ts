import { applyEdits, positions } from "../../schemas/mod.ts";
import { fixAllEdits } from "../../schemas/checker.ts";
import type { FixCase } from "./fix_cases.ts";

/** Every finding with its fixes, those that are for a person to choose marked; then the text with all others applied. */
export function fixReport({ source, judge }: FixCase): string {
  const { diagnostics } = judge(source.text);
  const at = positions(source.text);
  const findings = diagnostics.map(({ code, span, message, fixes = [] }) => {
    const { line, column } = at(span.start);
    const lines = fixes.map(({ title, choice }) =>
      `  ${choice ? "choice" : "fix"}: ${title}\n`
    );
    return `${line}:${column} ${code} ${message}\n${lines.join("")}`;
  });
  const again = (text: string) => judge(text).diagnostics;
  const edits = fixAllEdits({ source, diagnostics }, again);
  const fixed = applyEdits(source.text, edits);
  const left = again(fixed).map(({ code, message }) => `${code} ${message}\n`);
  return `${findings.join("")}=== all fixed\n${fixed}=== left\n${
    left.join("")
  }`;
}

import { applyEdits, type Edit, type Fix } from "./diagnostic.ts";
import { lineEnd, lineStart } from "./line_ends.ts";
import { shortText } from "./tree_rules.ts";

/** Longer texts are not read once more for each fix that may help. */
const LONG = 100_000;

const LONG_LINE = 1000;

/** Where the first mistake of a text is; undefined where there is none. */
export type MistakeIn = (text: string) => number | undefined;

/** What mends a mistake of YAML: a text in quotes, or blanks for tabs, if the mistake is gone with it. */
export function yamlSyntaxFixes(
  text: string,
  at: number,
  mistakeIn: MistakeIn,
): readonly Fix[] {
  if (text.length > LONG) return [];
  return [quoting(text, at), blanks(text, at)].flatMap((fix) => {
    if (fix === undefined) return [];
    const next = mistakeIn(applyEdits(text, fix.edits));
    return next === undefined || next > lineEnd(text, at) ? [fix] : [];
  });
}

/** A plain text of one line that YAML reads as something else, such as `note: this` or `@name`. */
function quoting(text: string, at: number): Fix | undefined {
  const start = lineStart(text, at);
  const line = text.slice(start, lineEnd(text, at));
  if (line.length > LONG_LINE) return undefined;
  const [, before, value] =
    /^([ \t]*(?:- +)*(?:[^\s"'#[\]{}&*!|>@`%:,-][^"'#:]*: +|- +))([^\s"'[\]{}&*!|>#].*?)(?:[ \t]+#.*)?[ \t]*$/
      .exec(line) ?? [];
  if (before === undefined || value === undefined) return undefined;
  const from = start + before.length;
  const span = { start: from, end: from + value.length };
  if (at < span.start || at >= span.end) return undefined;
  const edits = [{ span, text: JSON.stringify(value) }];
  return { title: `Write ${shortText(value)}`, edits };
}

/** Tabs that indent lines, as far as they follow each other. How far they indent is for a person to see. */
function blanks(text: string, at: number): Fix | undefined {
  const edits: Edit[] = [];
  let start = lineStart(text, at);
  for (;;) {
    const indent = /^[ \t]*\t[ \t]*/.exec(text.slice(start, start + 200))?.[0];
    if (indent === undefined) break;
    const span = { start, end: start + indent.length };
    edits.push({ span, text: indent.replaceAll("\t", "  ") });
    const end = lineEnd(text, start);
    start = text.startsWith("\r\n", end) ? end + 2 : end + 1;
    if (start > text.length) break;
  }
  if (edits.length === 0) return undefined;
  return { title: "Write blanks for the tabs", edits, choice: true };
}

import {
  applyEdits,
  type Diagnostic,
  type Edit,
  type Span,
} from "../../../schemas/mod.ts";
import type { View } from "../../view.ts";

/** Most rounds of fixing: what one fix uncovers the next round mends. */
const ROUNDS = 20;

/** The findings about another text of the same document. */
export type Again = (text: string) => readonly Diagnostic[];

/**
 * The edits of the best fixes that do not overlap, round by round until there is nothing left to mend. Fixes that
 * leave something to a person are left out.
 */
export function fixAllEdits(
  { source, diagnostics }: View,
  again: Again,
): readonly Edit[] {
  const first = chosenEdits(diagnostics);
  const seen = new Set([source.text]);
  let edits = first;
  let text = source.text;
  for (let round = 0; round < ROUNDS && edits.length > 0; round++) {
    const next = applyEdits(text, edits);
    if (seen.has(next)) break;
    seen.add(next);
    text = next;
    edits = chosenEdits(again(text));
  }
  if (text === applyEdits(source.text, first)) return first;
  return text === source.text ? [] : [difference(source.text, text)];
}

/** The edits of each finding's best fix, without those that touch an earlier one. */
export function chosenEdits(
  diagnostics: readonly Diagnostic[],
): readonly Edit[] {
  const chosen: Edit[] = [];
  for (const { fixes = [] } of diagnostics) {
    const best = fixes[0];
    if (best === undefined || best.choice === true) continue;
    const free = best.edits.every(({ span }) =>
      chosen.every((each) => !touch(each.span, span))
    );
    if (free) chosen.push(...best.edits);
  }
  return chosen;
}

/** Two insertions at one place touch, too: their order would be chance. */
function touch(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** One edit from a text to another, over what differs. */
function difference(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  while (start > 0 && isInside(before, start)) start--;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) {
    end++;
  }
  while (end > 0 && isInside(before, before.length - end)) end--;
  return {
    span: { start, end: before.length - end },
    text: after.slice(start, after.length - end),
  };
}

/** Whether an offset stands inside of a line end or of a character of two code units. */
function isInside(text: string, offset: number): boolean {
  const [left = "", right = ""] = [text[offset - 1], text[offset]];
  return (left === "\r" && right === "\n") ||
    (/[\ud800-\udbff]/.test(left) && /[\udc00-\udfff]/.test(right));
}

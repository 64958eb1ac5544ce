import {
  applyEdits,
  type Diagnostic,
  type Edit,
  type Fix,
} from "./diagnostic.ts";
import type { Source, Span } from "./source.ts";

/** A text and what is wrong with it. */
export interface Told {
  readonly source: Pick<Source, "text">;
  readonly diagnostics: readonly Diagnostic[];
}

/** Most rounds of fixing: what one fix uncovers the next round mends. */
const ROUNDS = 20;

/** Characters that a text may grow by beyond doubling; no fix takes more. */
const ROOM = 10_000;

/** The findings about another text of the same document. */
export type Again = (text: string) => readonly Diagnostic[];

/**
 * The edits of the best fixes that do not overlap, round by round until there is nothing left to mend. Fixes that
 * leave something to a person are left out.
 */
export function fixAllEdits(
  { source, diagnostics }: Told,
  again: Again,
): readonly Edit[] {
  const first = chosenEdits(diagnostics);
  const seen = new Set([source.text]);
  const most = 2 * source.text.length + ROOM;
  let edits = first;
  let text = source.text;
  for (let round = 0; round < ROUNDS && edits.length > 0; round++) {
    const next = applyEdits(text, edits);
    if (seen.has(next) || next.length > most) break;
    seen.add(next);
    text = next;
    edits = chosenEdits(again(text));
  }
  if (text === applyEdits(source.text, first)) return first;
  return text === source.text ? [] : [difference(source.text, text)];
}

/** The edits of each finding's best fix that needs nobody, without those that touch an earlier one. */
export function chosenEdits(
  diagnostics: readonly Diagnostic[],
): readonly Edit[] {
  const taken: Span[] = [];
  return diagnostics.flatMap((each) => {
    const edits = unasked(each)?.edits ?? [];
    if (!edits.every(({ span }) => isFree(span, taken))) return [];
    for (const { span } of edits) taken.splice(placeOf(span, taken), 0, span);
    return edits;
  });
}

/** The best fix of a finding, if it may be applied without asking. */
export function unasked({ fixes: [best] = [] }: Diagnostic): Fix | undefined {
  return best?.choice === true ? undefined : best;
}

/** Two insertions at one place touch, too: their order would be chance. */
function isFree({ start, end }: Span, taken: readonly Span[]): boolean {
  const at = placeOf({ start, end }, taken);
  const before = taken[at - 1];
  const after = taken[at];
  return (before === undefined || before.end < start) &&
    (after === undefined || end < after.start);
}

/** Where a span belongs among spans in order that do not touch each other. */
function placeOf({ start }: Span, taken: readonly Span[]): number {
  let low = 0;
  let high = taken.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((taken[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
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

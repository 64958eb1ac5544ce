import { type Token, tokens } from "../../../schemas/checker.ts";
import { WIDTH } from "./style.ts";

/** A token and where it stands. */
export interface Placed extends Token {
  /** Line of its first character, from 0. */
  readonly line: number;
  /** Line of its last character. */
  readonly lastLine: number;
  /** Whether it goes to the end of its line. */
  readonly isLineComment: boolean;
  /** Of an opening bracket: where its closing one is in the list. */
  readonly closing?: number;
}

/** Tokens of a text that has been read without a mistake, the end included. */
export function placedTokens(text: string): readonly Placed[] {
  const next = tokens(text);
  const found: (Placed & { closing?: number })[] = [];
  const open: number[] = [];
  let line = 0;
  let at = 0;
  for (let more = true; more;) {
    const token = next();
    line += lineEnds(text.slice(at, token.span.start));
    const first = line;
    line += lineEnds(text.slice(token.span.start, token.span.end));
    at = token.span.end;
    if (/[[{]/.test(token.kind)) open.push(found.length);
    if (/[\]}]/.test(token.kind)) {
      const opening = found[open.pop() ?? -1];
      if (opening !== undefined) opening.closing = found.length;
    }
    const isLineComment = token.kind === "comment" &&
      text.startsWith("//", token.span.start);
    found.push({ ...token, line: first, lastLine: line, isLineComment });
    more = token.kind !== "end";
  }
  return found;
}

export function lineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

/** Whether what an opening bracket holds is written on lines of its own. */
export function isBroken(
  list: readonly Placed[],
  index: number,
  { depth, column }: { readonly depth: number; readonly column: number },
): boolean {
  const open = list[index];
  const close = list[open?.closing ?? -1];
  if (open?.closing === undefined || close === undefined) return true;
  if (open.closing === index + 1) return false;
  if (depth === 0 || open.line !== close.line) return true;
  return !fits(
    list.slice(index, Math.min(open.closing + 1, index + WIDTH)),
    column,
  );
}

/** A comma may follow. */
function fits(list: readonly Placed[], column: number): boolean {
  let width = column + 1;
  for (const { kind, span } of list) {
    const blanks = kind === "comment"
      ? 2
      : kind === "," || kind === ":"
      ? 1
      : 0;
    width += span.end - span.start + blanks;
  }
  return width <= WIDTH;
}

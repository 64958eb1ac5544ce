import { lineEnds, type Placed } from "./json_layout.ts";
import type { Style } from "./style.ts";

export interface GapParts {
  /** Whether each bracket that is open here is broken, outermost first. */
  readonly open: readonly boolean[];
  readonly style: Style;
  /** What stands there now. */
  readonly found: string;
}

/** What should stand before a token. */
export function gapText(
  list: readonly Placed[],
  index: number,
  parts: GapParts,
): string {
  const previous = list[index - 1];
  const next = list[index];
  if (previous === undefined || next === undefined) return "";
  if (next.kind === "end") return endText(parts);
  const line = () => lineText(previous, next, parts);
  if (previous.isLineComment) return line();
  if (next.kind === "comment") {
    return beforeComment(list, index, parts)
      ? line()
      : commentBlank(previous, parts);
  }
  if (next.kind === "," || next.kind === ":") return "";
  const broken = parts.open.at(-1) === true;
  if (isClose(next)) return broken && !isOpen(previous) ? line() : "";
  if (previous.kind === "comment") {
    return previous.lastLine < next.line ? line() : " ";
  }
  if (isOpen(previous)) return broken ? line() : "";
  if (previous.kind === ",") return broken ? line() : " ";
  return " ";
}

/** Whether a comment begins a line: it does already, or what it is about comes after it. */
function beforeComment(
  list: readonly Placed[],
  index: number,
  { open }: GapParts,
): boolean {
  const previous = list[index - 1];
  const comment = list[index];
  if (previous === undefined || comment === undefined) return false;
  if (previous.lastLine < comment.line) return true;
  const starts = isOpen(previous) || previous.kind === ",";
  if (!starts || open.at(-1) !== true) return false;
  let last = index;
  while (list[last + 1]?.kind === "comment" && sameLine(list, last)) last++;
  return sameLine(list, last);
}

function sameLine(list: readonly Placed[], index: number): boolean {
  return list[index]?.lastLine === list[index + 1]?.line;
}

/** Before a comment that goes on in a line. */
function commentBlank(previous: Placed, { open }: GapParts): string {
  return isOpen(previous) && open.at(-1) !== true ? "" : " ";
}

/** A new line, after a blank one if there was one between two things. */
function lineText(
  previous: Placed,
  next: Placed,
  { open, style: { indent, lineEnd }, found }: GapParts,
): string {
  const depth = open.length - (isClose(next) ? 1 : 0);
  const apart = !isOpen(previous) && !isClose(next) && lineEnds(found) > 1;
  return `${lineEnd}${apart ? lineEnd : ""}${indent.repeat(depth)}`;
}

function endText(
  { style: { lineEnd, endsWithLine }, found }: GapParts,
): string {
  return endsWithLine || lineEnds(found) > 0 ? lineEnd : "";
}

function isOpen({ kind }: Placed): boolean {
  return kind === "{" || kind === "[";
}

function isClose({ kind }: Placed): boolean {
  return kind === "}" || kind === "]";
}

import type { Edit } from "./diagnostic.ts";
import { lineEnd, lineEndBefore, lineStart } from "./line_ends.ts";
import type { Source } from "./source.ts";
import type { ArrayNode, Node } from "./tree.ts";

/**
 * An edit that takes an item out of a list, with what stands between it and the one before; edits of several items do
 * not overlap. Undefined for the first one, and where more would go, such as a comment or an anchor that other values
 * may name.
 */
export function removeItem(
  { text, language }: Source,
  { items, span }: ArrayNode,
  index: number,
): Edit | undefined {
  const item = items[index];
  const before = items[index - 1];
  if (item === undefined || before === undefined) return undefined;
  // What an alias stands for is written elsewhere.
  if (item.span.start < before.span.end || item.span.end > span.end) {
    return undefined;
  }
  const edit = text.charAt(span.start) === "["
    ? fromBrackets(text, item, before)
    : fromBlock(text, item);
  if (edit === undefined || language !== "yaml") return edit;
  const gone = text.slice(edit.span.start, edit.span.end);
  return /(?:^|[\s[{,:])&[^\s,[\]{}]/.test(gone) ? undefined : edit;
}

function fromBrackets(
  text: string,
  { span }: Node,
  before: Node,
): Edit | undefined {
  const from = before.span.end;
  return /^\s*,\s*$/.test(text.slice(from, span.start))
    ? { span: { start: from, end: span.end }, text: "" }
    : undefined;
}

/** Whole lines, from the dash on. */
function fromBlock(text: string, { span }: Node): Edit | undefined {
  const line = lineStart(text, span.start);
  const end = lineEnd(text, span.end);
  const alone = /^[ \t]*-[ \t]+$/.test(text.slice(line, span.start)) &&
    /^[ \t]*$/.test(text.slice(span.end, end));
  return alone
    ? { span: { start: lineEndBefore(text, line), end }, text: "" }
    : undefined;
}

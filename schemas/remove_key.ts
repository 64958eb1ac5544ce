import type { Edit } from "./diagnostic.ts";
import { afterLine, lineEnd, lineEndBefore, lineStart } from "./line_ends.ts";
import type { Source, Span } from "./source.ts";
import type { ObjectNode, Property } from "./tree.ts";
import { endOfValue } from "./value_end.ts";

/**
 * An edit that takes a key and its value out of an object; undefined where that would take more away, such as a
 * comment, or an anchor that other values may name.
 */
export function removeKey(
  source: Source,
  node: ObjectNode,
  removed: Property,
): Edit | undefined {
  const { text, language } = source;
  const braces = text.charAt(node.span.start) === "{";
  const edit = node.properties.length === 1
    ? emptied(text, node, removed)
    : braces
    ? fromBraces(text, node, removed)
    : fromBlock(text, node, removed);
  if (edit === undefined) return undefined;
  const gone = text.slice(edit.span.start, edit.span.end);
  const anchors = language === "yaml" &&
    /(?:^|[\s[{,:])&[^\s,[\]{}]/.test(gone);
  return anchors ? undefined : edit;
}

/** What is left of an object without its only key. */
function emptied(
  text: string,
  { span }: ObjectNode,
  removed: Property,
): Edit | undefined {
  const { start } = removed.keySpan;
  const end = blockEnd(text, removed, span.end);
  const around = text.slice(span.start, start) + text.slice(end, span.end);
  return /^\{?\s*,?\s*\}?$/.test(around) ? { span, text: "{}" } : undefined;
}

function fromBraces(
  text: string,
  { properties, span }: ObjectNode,
  removed: Property,
): Edit | undefined {
  const at = properties.indexOf(removed);
  const next = properties[at + 1];
  const before = properties[at - 1];
  const limit = next?.keySpan.start ?? span.end - 1;
  const end = endOfValue(text, removed, limit);
  const { start } = removed.keySpan;
  // Up to the next key, so that lines and blanks before it stay those before this one.
  if (next !== undefined) {
    return ifComma(text, { start: end, end: limit }, { start, end: limit });
  }
  if (before === undefined) return undefined;
  const from = endOfValue(text, before, start);
  return ifComma(text, { start: from, end: start }, { start: from, end });
}

/** Takes a part of the text away if nothing but a comma stands between two keys. */
function ifComma(
  text: string,
  between: Span,
  span: Span,
): Edit | undefined {
  const found = text.slice(between.start, between.end);
  return /^\s*,\s*$/.test(found) ? { span, text: "" } : undefined;
}

function fromBlock(
  text: string,
  { properties, span }: ObjectNode,
  removed: Property,
): Edit | undefined {
  const next = properties[properties.indexOf(removed) + 1];
  const { start } = removed.keySpan;
  // Something like `? key` or `&anchor key` before the key belongs to it.
  const line = lineStart(text, start);
  if (!/^[ \t]*$/.test(text.slice(line, start))) {
    return isFirst(text, line, start) && next !== undefined
      ? upTo(next, text, start)
      : undefined;
  }
  const limit = next?.keySpan.start ?? span.end;
  const end = lineEnd(text, blockEnd(text, removed, limit));
  if (next === undefined) {
    return { span: { start: lineEndBefore(text, line), end }, text: "" };
  }
  return { span: { start: line, end: afterLine(text, end) }, text: "" };
}

/** Whether a key follows nothing but the dashes of list items on its line. */
function isFirst(text: string, line: number, start: number): boolean {
  return /^[ \t]*(?:-[ \t]+)+$/.test(text.slice(line, start));
}

/** The first key of a list item: the next one takes its place. */
function upTo(
  { keySpan }: Property,
  text: string,
  start: number,
): Edit | undefined {
  const gone = text.slice(start, keySpan.start);
  return isComment(gone)
    ? undefined
    : { span: { start, end: keySpan.start }, text: "" };
}

/** Of an alias, or of no value at all: the end of the line that names it. */
function blockEnd(
  text: string,
  { keySpan, value }: Property,
  limit: number,
): number {
  const { span } = value;
  const inside = span.start >= keySpan.end && span.end <= limit;
  return inside ? span.end : lineEnd(text, keySpan.end);
}

/** Whether there may be a comment in a text; one character of a text too many does no harm. */
function isComment(text: string): boolean {
  return /(?:^|\s)#|\/\/|\/\*/.test(text);
}

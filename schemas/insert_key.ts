import type { Edit } from "./diagnostic.ts";
import type { Json } from "./json.ts";
import { lineEnd, lineStart, newline } from "./line_ends.ts";
import type { Source } from "./source.ts";
import type { ObjectNode } from "./tree.ts";
import { blockLines } from "./write_text.ts";

export interface NewKey {
  readonly key: string;
  readonly value: Json;
  /** Whether it comes before the others; otherwise it comes last. */
  readonly first?: boolean;
}

/** An edit that adds a key to an object, in the style in which the object is written. */
export function insertKey(
  source: Source,
  node: ObjectNode,
  added: NewKey,
): Edit {
  const braces = source.text.charAt(node.span.start) === "{";
  return braces
    ? intoBraces(source, node, added)
    : intoBlock(source, node, added);
}

function intoBraces(
  { text }: Source,
  { span, properties }: ObjectNode,
  { key, value, first = false }: NewKey,
): Edit {
  const pair = `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  const [head] = properties;
  if (head === undefined) return at(span.start + 1, pair);
  const gap = text.slice(span.start + 1, head.keySpan.start);
  const line = gap.lastIndexOf("\n");
  const separator = line < 0 ? " " : `${newline(text)}${gap.slice(line + 1)}`;
  return first
    ? at(head.keySpan.start, `${pair},${separator}`)
    : at(endOfLast(text, { span, properties }), `,${separator}${pair}`);
}

/** End of the last value, before blanks, a comma that already follows it, and the bracket. */
function endOfLast(
  text: string,
  { span, properties }: Pick<ObjectNode, "span" | "properties">,
): number {
  const last = properties.at(-1);
  const end = last?.value.span.end ?? span.start + 1;
  const inside = end > span.start && end < span.end;
  return inside ? end : text.slice(0, span.end - 1).trimEnd().length;
}

function intoBlock(
  { text }: Source,
  { span }: ObjectNode,
  { key, value, first = false }: NewKey,
): Edit {
  const { start } = span;
  const indent = " ".repeat(start - lineStart(text, start));
  const line = `${newline(text)}${indent}`;
  const pair = blockLines(key, value).join(line);
  if (first) return at(start, `${pair}${line}`);
  return at(lineEnd(text, span.end), `${line}${pair}`);
}

function at(offset: number, text: string): Edit {
  return { span: { start: offset, end: offset }, text };
}

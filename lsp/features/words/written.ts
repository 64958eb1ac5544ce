import type { Node, Property, Span } from "../../../schemas/mod.ts";

/** A span without the quotes that stand around the text. */
export function inside(text: string, span: Span): Span {
  const quote = text.charAt(span.start);
  const quoted = (quote === '"' || quote === "'") &&
    span.end - span.start > 1 && text.charAt(span.end - 1) === quote;
  return quoted ? { start: span.start + 1, end: span.end - 1 } : span;
}

/** Whether a value stands elsewhere in YAML, and only its alias here. */
export function isAliased({ keySpan, value }: Property): boolean {
  return value.span.start < keySpan.start;
}

/** Where the value of a property is written; of an alias, the alias. */
export function valueSpan(text: string, property: Property): Span {
  const { keySpan, value } = property;
  if (!isAliased(property)) return value.span;
  const alias = /^\s*:\s*(?=\*)([^\s,\]}]+)/.exec(text.slice(keySpan.end));
  if (alias === null) return value.span;
  const end = keySpan.end + alias[0].length;
  return { start: end - (alias[1] ?? "").length, end };
}

/** The text that a node stands for, if it is one. */
export function textOf(node: Node | undefined): string | undefined {
  if (node?.kind !== "scalar") return undefined;
  return typeof node.value === "string" ? node.value : undefined;
}

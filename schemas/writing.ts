import type { Fix } from "./diagnostic.ts";
import type { Source, Span } from "./source.ts";
import { shortText } from "./tree_rules.ts";
import type { Node } from "./tree.ts";
import { textEdit } from "./write_text.ts";

/** The fix that writes another text in place of a key or value, as the document is written. */
export function writing(source: Source, span: Span, text: string): Fix {
  return {
    title: `Write ${shortText(text)}`,
    edits: [textEdit(source, span, text)],
  };
}

/** The fix that writes a number or a boolean as the text that it is made of; none for anything else. */
export function asText(node: Node, source: Source): readonly Fix[] {
  if (node.kind !== "scalar" || node.value === null) return [];
  if (typeof node.value === "string") return [];
  const { start, end } = node.span;
  return [writing(source, node.span, source.text.slice(start, end))];
}

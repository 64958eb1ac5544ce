import {
  type SelectionRange,
  SelectionRangeRequest,
} from "vscode-languageserver";
import type { Span } from "../../schemas/mod.ts";
import { feature } from "../feature.ts";
import type { View } from "../view.ts";
import { type Part, partsOf } from "./nodes/parts.ts";
import { inside } from "./words/written.ts";

/** From a place outwards: the text, the value, key and value, what holds them, and so on to the whole document. */
export const SELECTION_RANGES = feature({
  type: SelectionRangeRequest.type,
  capability: () => ({ selectionRangeProvider: true }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: ({ positions }, view) =>
    positions.map((each) => selectionRange(view, view.offset(each))),
  empty: null,
});

export function selectionRange(view: View, offset: number): SelectionRange {
  const whole = { start: 0, end: view.source.text.length };
  let around: SelectionRange = { range: view.range(whole) };
  let last = whole;
  for (const span of spansAround(view, offset)) {
    const inner = span.start >= last.start && span.end <= last.end;
    const smaller = span.end - span.start < last.end - last.start;
    if (!inner || !smaller) continue;
    around = { range: view.range(span), parent: around };
    last = span;
  }
  return around;
}

/** What holds a place, from the outside inwards. */
function spansAround(
  { tree, source: { text } }: View,
  offset: number,
): readonly Span[] {
  const { root } = tree;
  const holds = ({ start, end }: Span) => start <= offset && offset <= end;
  const comment = tree.comments.find(({ span }) => holds(span));
  const found: Span[] = [];
  let part: Part | undefined = root && { node: root, start: root.span.start };
  while (part !== undefined && holds(spanOf(part))) {
    const { node, property }: Part = part;
    found.push(spanOf(part));
    for (const span of [property?.keySpan, node.span]) {
      if (span !== undefined) found.push(span, contentOf(text, span));
    }
    part = partsOf(node).find((each) => holds(spanOf(each)));
  }
  if (comment !== undefined) found.push(comment.span);
  return found.filter(holds);
}

function spanOf({ node, start }: Part): Span {
  return { start, end: node.span.end };
}

/** What stands between quotes or brackets. */
function contentOf(text: string, span: Span): Span {
  const bracketed = /[[{]/.test(text.charAt(span.start)) &&
    /[\]}]/.test(text.charAt(span.end - 1));
  if (!bracketed) return inside(text, span);
  const content = text.slice(span.start + 1, span.end - 1);
  const start = span.end - 1 - content.trimStart().length;
  return {
    start,
    end: Math.max(start, span.start + 1 + content.trimEnd().length),
  };
}

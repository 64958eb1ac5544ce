import {
  type FoldingRange,
  FoldingRangeKind,
  FoldingRangeRequest,
} from "vscode-languageserver";
import type { Span } from "../../schemas/mod.ts";
import { feature } from "../feature.ts";
import type { View } from "../view.ts";
import { allParts, type Part } from "./nodes/parts.ts";

/** Objects, lists, long texts and comments that have several lines. */
export const FOLDING_RANGES = feature({
  type: FoldingRangeRequest.type,
  capability: () => ({ foldingRangeProvider: true }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: (_params, view) => foldingRanges(view),
  empty: null,
});

/** By whole lines, in order; at most one begins in a line, the longest. */
export function foldingRanges(view: View): FoldingRange[] {
  const longest = new Map<number, FoldingRange>();
  for (const each of [...partRanges(view), ...commentRanges(view)]) {
    const known = longest.get(each.startLine);
    const longer = known === undefined || known.endLine < each.endLine;
    if (each.endLine > each.startLine && longer) {
      longest.set(each.startLine, each);
    }
  }
  return [...longest.values()].sort((a, b) => a.startLine - b.startLine);
}

function partRanges(view: View): FoldingRange[] {
  const { root } = view.tree;
  if (root === undefined) return [];
  const whole: Part = { node: root, start: root.span.start };
  return [...allParts(whole)]
    // A block of YAML that is the whole document has no line that says so.
    .filter(({ node }) => node !== root || isBracketed(view, node.span))
    .map((part) => partRange(view, part));
}

/** From the line of a key or item to the last one; a closing bracket on a line of its own stays in sight. */
function partRange(view: View, { node, start }: Part): FoldingRange {
  const { source: { text }, range } = view;
  const written = text.slice(node.span.start, node.span.end).trimEnd().length;
  const end = node.span.start + written;
  const lines = range({ start, end });
  const { line, character } = lines.end;
  const last = text.slice(end - character, end).trim();
  const closes = isBracketed(view, node.span) && /^[\]}]$/.test(last);
  return { startLine: lines.start.line, endLine: closes ? line - 1 : line };
}

function isBracketed({ source: { text } }: View, { start }: Span): boolean {
  return /[[{]/.test(text.charAt(start));
}

/** Comments of several lines, and line comments right below each other. */
function commentRanges({ tree, source, range }: View): FoldingRange[] {
  const found: FoldingRange[] = [];
  for (const { span } of tree.comments) {
    const { start, end } = range(span);
    const before = source.text.slice(span.start - start.character, span.start);
    const last = found.at(-1);
    if (/\S/.test(before)) continue;
    if (last?.endLine === start.line - 1) last.endLine = end.line;
    else {
      found.push({
        startLine: start.line,
        endLine: end.line,
        kind: FoldingRangeKind.Comment,
      });
    }
  }
  return found;
}

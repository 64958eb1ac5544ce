import type { Node, Path, Span } from "../../../schemas/mod.ts";

/** A key or a scalar value of a document. */
export interface Place {
  readonly path: Path;
  readonly span: Span;
}

/** The key or scalar at an offset; undefined between them. */
export function placeAt(root: Node, offset: number): Place | undefined {
  return find(root, offset, []);
}

function find(node: Node, offset: number, path: Path): Place | undefined {
  if (!holds(node.span, offset)) return undefined;
  if (node.kind === "scalar") return { path, span: node.span };
  if (node.kind === "array") {
    const index = node.items.findIndex(({ span }) => holds(span, offset));
    const item = node.items[index];
    return item && find(item, offset, [...path, index]);
  }
  for (const { key, keySpan, value } of node.properties) {
    const below = [...path, key];
    if (holds(keySpan, offset)) return { path: below, span: keySpan };
    const found = find(value, offset, below);
    if (found !== undefined) return found;
  }
  return undefined;
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end && start < end;
}

import type { Node, ObjectNode } from "../../../schemas/mod.ts";

/**
 * Every object of a tree in order of position, but for a part left out. What is anchored in YAML comes once, however
 * often aliases name it.
 */
export function objectsOf(
  root: Node | undefined,
  without?: Node,
): readonly ObjectNode[] {
  const found: ObjectNode[] = [];
  const seen = new Set<Node | undefined>([undefined, without]);
  const left = [root];
  while (left.length > 0) {
    const node = left.pop();
    if (node === undefined || node.kind === "scalar" || seen.has(node)) {
      continue;
    }
    seen.add(node);
    if (node.kind === "array") {
      for (const item of node.items) left.push(item);
    } else {
      found.push(node);
      for (const { value } of node.properties) left.push(value);
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

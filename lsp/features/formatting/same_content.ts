import type { Node, Source, Tree } from "../../../schemas/mod.ts";
import { parse } from "../../../schemas/checker.ts";

/** Whether a text reads as a tree does: the same values, keys in the same order, the same comments. */
export function sameContent(tree: Tree, text: string): boolean {
  const source: Source = { ...tree.source, text };
  const other = parse(source);
  const { root, comments } = tree;
  return other.complete === tree.complete &&
    other.problems.length === tree.problems.length &&
    comments.length === other.comments.length &&
    comments.every((each, i) => each.text === other.comments[i]?.text) &&
    sameNodes(root, other.root, new Map());
}

/** What several aliases name is compared once. */
function sameNodes(
  one: Node | undefined,
  other: Node | undefined,
  known: Map<Node, Node>,
): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.kind === "scalar" || other.kind === "scalar") {
    return one.kind === other.kind && "value" in one && "value" in other &&
      Object.is(one.value, other.value);
  }
  if (known.get(one) === other) return true;
  known.set(one, other);
  if (one.kind === "array") {
    return other.kind === "array" && one.items.length === other.items.length &&
      one.items.every((item, i) => sameNodes(item, other.items[i], known));
  }
  return other.kind === "object" &&
    one.properties.length === other.properties.length &&
    one.properties.every(({ key, value }, i) => {
      const same = other.properties[i];
      return same?.key === key && sameNodes(value, same.value, known);
    });
}

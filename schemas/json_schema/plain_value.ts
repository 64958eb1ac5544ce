import type { Json } from "../json.ts";
import type { Node } from "../tree.ts";
import { wellFormed } from "./find_node.ts";

/**
 * The value of a node as the library can take it: it makes URIs of keys, which cannot hold lone
 * surrogates. What aliases share stays shared.
 */
export function plainValue(node: Node): Json {
  return convert(node, new Map());
}

function convert(node: Node, made: Map<Node, Json>): Json {
  if (node.kind === "scalar") return node.value;
  const before = made.get(node);
  if (before !== undefined) return before;
  const value = node.kind === "array"
    ? node.items.map((item) => convert(item, made))
    : Object.fromEntries(
      node.properties.map((each) => [
        wellFormed(each.key),
        convert(each.value, made),
      ]),
    );
  made.set(node, value);
  return value;
}

import type { Json } from "./json.ts";
import type { Node } from "./tree.ts";
import { shortText } from "./tree_rules.ts";

/** A value for a message: short, on one line, without what looks like a secret. */
export function showNode(node: Node): string {
  if (node.kind !== "scalar") return node.kind === "object" ? "{…}" : "[…]";
  return showScalar(node.value);
}

export function showScalar(value: string | number | boolean | null): string {
  return typeof value === "string" ? shortText(value) : String(value);
}

/** What a value is, with its article: `a number`, `text`. */
export function kindOf(node: Node): string {
  if (node.kind !== "scalar") {
    return node.kind === "object" ? "an object" : "a list";
  }
  const { value } = node;
  if (value === null) return "null";
  return { string: "text", number: "a number", boolean: "a boolean" }[
    typeof value as "string" | "number" | "boolean"
  ];
}

/** `one of "a", "b"`, at most 20 of them. */
export function oneOf(values: readonly Json[]): string {
  const shown = values.slice(0, 20).map((value) =>
    typeof value === "object" ? JSON.stringify(value) : showScalar(value)
  );
  if (values.length > shown.length) shown.push("…");
  return shown.length === 1 ? shown.join() : `one of ${shown.join(", ")}`;
}

import { canonicalJson } from "./envelope.ts";
import { isObject, type Json } from "./json.ts";

/** Canonical JSON (the order of keys, the form of numbers and texts) on lines of its own, for people. */
export function prettyJson(value: Json, indent = ""): string {
  const inside = `${indent}  `;
  if (Array.isArray(value)) {
    return block("[]", value.map((item) => prettyJson(item, inside)), indent);
  }
  if (!isObject(value)) return canonicalJson(value);
  // The order of canonical JSON: by UTF-16 code units.
  const pairs = Object.entries(value)
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([key, each]) => `${canonicalJson(key)}: ${prettyJson(each, inside)}`);
  return block("{}", pairs, indent);
}

function block(
  brackets: "[]" | "{}",
  parts: readonly string[],
  indent: string,
): string {
  if (parts.length === 0) return brackets;
  const lines = parts.map((part) => `\n${indent}  ${part}`).join(",");
  return `${brackets.charAt(0)}${lines}\n${indent}${brackets.charAt(1)}`;
}

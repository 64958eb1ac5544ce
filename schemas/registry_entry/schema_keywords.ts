import type { Json, JsonObject } from "../json.ts";
import { isObject } from "../json.ts";

/** Draft-07 keywords whose value is a schema, a list of them, or a map of them. */
const ONE = new Set([
  "additionalItems",
  "additionalProperties",
  "contains",
  "else",
  "if",
  "items",
  "not",
  "propertyNames",
  "then",
]);
const LIST = new Set(["allOf", "anyOf", "items", "oneOf"]);
const MAP = new Set([
  "$defs",
  "definitions",
  "dependencies",
  "patternProperties",
  "properties",
]);

/** What stands below a keyword: nothing, one schema, a list or a map of them. */
export function standsBelow(
  keyword: string,
  isList: boolean,
): "none" | "one" | "list" | "map" {
  if (isList) return LIST.has(keyword) ? "list" : "none";
  if (MAP.has(keyword)) return "map";
  return ONE.has(keyword) ? "one" : "none";
}

/** A copy of a schema with each direct subschema changed. */
export function mapSubschemas(
  schema: JsonObject,
  change: (subschema: Json) => Json,
): JsonObject {
  return mapValues(schema, (value, keyword) => {
    const kind = standsBelow(keyword, Array.isArray(value));
    if (kind === "one") return change(value);
    if (kind === "list") return (value as readonly Json[]).map(change);
    if (kind === "map" && isObject(value)) return mapValues(value, change);
    return value;
  });
}

function mapValues(
  object: JsonObject,
  change: (value: Json, key: string) => Json,
): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, change(value, key)]),
  );
}

import { format as FORMATS } from "@cfworker/json-schema";
import { isObject, type Json, type JsonObject } from "../json.ts";
import { subschemas } from "./subschemas.ts";

/** Keywords whose schemas are applied to the same value. */
const IN_PLACE: ReadonlySet<string> = new Set([
  ...["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependencies"],
]);

/** Schemas inside schemas that are followed. */
const LEVELS = 200;

/** Keywords of later drafts, which the library applies nevertheless. */
const LATER = ["$recursiveRef", "dependentSchemas", "dependentRequired"];

/** Keywords with a list, without which the library breaks off. */
const LISTS = ["enum", "required", "allOf", "anyOf", "oneOf"];

/**
 * Whether the library comes to an end with the schema whatever the document is: every `$ref` leads somewhere, every
 * pattern can be read, and no schema leads back to itself without going down in the document. Of any other schema it
 * depends on the document, and on the order of branches, whether that is found out.
 */
export function isSound(
  root: Json,
  target: (schema: JsonObject) => Json | undefined,
): boolean {
  const known = new Map<JsonObject, boolean>();
  const ends = (schema: Json | undefined, levels: number): boolean => {
    if (!isObject(schema)) return typeof schema === "boolean";
    const before = known.get(schema);
    if (before !== undefined) return before;
    if (levels === 0) return false;
    // What is found again from here on, in the same place, does not end.
    known.set(schema, false);
    const inPlace = schema["$ref"] === undefined
      ? subschemas(schema, (keyword) => IN_PLACE.has(keyword))
      : [target(schema)];
    const sound = inPlace.every((each) => ends(each, levels - 1));
    known.set(schema, sound);
    return sound;
  };
  const seen = new Set<Json | undefined>([root]);
  for (const schema of seen) {
    if (!ends(schema, LEVELS)) return false;
    if (!isObject(schema)) continue;
    if (schema["$ref"] === undefined) {
      if (!isWellMade(schema)) return false;
      for (const each of subschemas(schema)) seen.add(each);
    } else seen.add(target(schema));
  }
  return true;
}

function isWellMade(schema: JsonObject): boolean {
  const { pattern = "", patternProperties = {}, format = "" } = schema;
  return !LATER.some((each) => schema[each] !== undefined) &&
    LISTS.every((each) => Array.isArray(schema[each] ?? [])) &&
    isObject(patternProperties) &&
    [pattern, ...Object.keys(patternProperties)].every(isPattern) &&
    (Object.hasOwn(FORMATS, `${format}`) || !(`${format}` in FORMATS));
}

function isPattern(text: Json): boolean {
  try {
    return typeof text === "string" && new RegExp(text, "u") !== undefined;
  } catch {
    return false;
  }
}

import { isObject, type Json, type JsonObject } from "../json.ts";
import type { Node } from "../tree.ts";
import { isSound } from "./sound.ts";
import { surelyValid } from "./surely_valid.ts";

/** Values inside values that are looked through. */
const LEVELS = 100;

/** Keywords that look like those which name schemas. */
const REMARKS = ["$schema", "$comment"];

/** The only references that are followed: where they lead needs no reckoning. */
const REF = /^#\/definitions\/([\w-]+)$/;

/**
 * Tells of documents that they are surely valid before the schema is opened, which takes longer than most documents;
 * `false` says nothing. Undefined for a schema with names or references of other forms, and for one that may not be
 * opened.
 */
export function unopened(
  schema: Json,
): ((root: Node) => boolean) | undefined {
  if (!isPlain(schema, LEVELS)) return undefined;
  const target = (part: JsonObject) => definitionOf(part, schema);
  if (!isSound(schema, target)) return undefined;
  return surelyValid(target)(schema);
}

function isPlain(value: Json, levels: number): boolean {
  if (levels === 0) return false;
  if (Array.isArray(value)) {
    return value.every((each) => isPlain(each, levels - 1));
  }
  return !isObject(value) ||
    Object.entries(value).every(([key, each]) =>
      isPlainKey(key, each) && isPlain(each, levels - 1)
    );
}

/** The library takes `id` for `$id`, and breaks off at keys with lone surrogates. */
function isPlainKey(key: string, value: Json): boolean {
  if (key === "$ref") return typeof value === "string" && REF.test(value);
  return (!key.startsWith("$") || REMARKS.includes(key)) &&
    (key !== "id" || typeof value !== "string") && key.isWellFormed();
}

function definitionOf({ $ref }: JsonObject, root: Json): Json | undefined {
  const name = REF.exec(String($ref))?.[1] ?? "";
  const { definitions } = isObject(root) ? root : {};
  return isObject(definitions) && Object.hasOwn(definitions, name)
    ? definitions[name]
    : undefined;
}

import {
  ignoredKeyword,
  schemaArrayKeyword,
  schemaMapKeyword,
} from "@cfworker/json-schema";
import { isObject, type Json, type JsonObject } from "../json.ts";
import type { Node } from "../tree.ts";
import { isSound } from "./sound.ts";
import { surelyValid } from "./surely_valid.ts";

/** Schemas inside schemas that are looked through. */
const LEVELS = 100;

/** Keywords that name a schema, or refer to one in another way. */
const NAMING = ["$id", "id", "$anchor", "$recursiveRef"];

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

/** Looks where the library looks for names and references. */
function isPlain(schema: Json, levels: number): boolean {
  if (levels === 0) return false;
  if (!isObject(schema)) return true;
  return Object.entries(schema).every(([keyword, value]) =>
    isPlainKeyword(keyword, value) &&
    (ignoredKeyword[keyword] ||
      schemasAt(keyword, value).every((each) => isPlain(each, levels - 1)))
  );
}

/** The library breaks off at keys with lone surrogates. */
function isPlainKeyword(keyword: string, value: Json): boolean {
  if (keyword === "$ref") return typeof value === "string" && REF.test(value);
  if (NAMING.includes(keyword)) return false;
  return keyword.isWellFormed() && (!schemaMapKeyword[keyword] ||
    isObject(value) && Object.keys(value).every((key) => key.isWellFormed()));
}

/** What the library takes for schemas, which is every object that it does not know. */
function schemasAt(keyword: string, value: Json): readonly Json[] {
  if (Array.isArray(value)) return schemaArrayKeyword[keyword] ? value : [];
  return schemaMapKeyword[keyword] && isObject(value)
    ? Object.values(value)
    : [value];
}

function definitionOf({ $ref }: JsonObject, root: Json): Json | undefined {
  const name = REF.exec(String($ref))?.[1] ?? "";
  const { definitions } = isObject(root) ? root : {};
  return isObject(definitions) && Object.hasOwn(definitions, name)
    ? definitions[name]
    : undefined;
}

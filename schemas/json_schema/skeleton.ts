import { instances } from "../example/instances.ts";
import { searchOver } from "../example/search.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import type { OpenSchema, Schema } from "./open_schema.ts";

/** A small value for a key of an object that a schema describes; null when none is found. */
export type Skeleton = (schema: JsonObject, key: string) => Json;

/** Steps that may be spent on one value. */
const BUDGET = 500;
const DEPTH = 6;

/** Makes each value once. */
export function skeletons(open: OpenSchema): Skeleton {
  const made = new Map<Schema, Json>();
  return (schema, key) => {
    const part = propertySchema(schema, key);
    if (part === undefined) return null;
    const value = made.get(part) ?? make(part, open);
    made.set(part, value);
    return value;
  };
}

function propertySchema(schema: JsonObject, key: string): Schema | undefined {
  const { properties } = schema;
  if (!isObject(properties) || !Object.hasOwn(properties, key)) {
    return undefined;
  }
  const part = properties[key];
  return isObject(part) || typeof part === "boolean" ? part : undefined;
}

function make(part: Schema, { root }: OpenSchema): Json {
  const search = searchOver(isObject(root) ? root : {}, BUDGET);
  const [value] = instances(part, { search, pointer: "", depth: DEPTH });
  return value ?? null;
}

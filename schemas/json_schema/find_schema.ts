import { isObject, type JsonObject } from "../json.ts";
import type { OpenSchema, Schema } from "./open_schema.ts";
import { locationSteps } from "./location.ts";

/** Answers the schema that holds the keyword at a keyword location. */
export type SchemaAt = (keywordLocation: string) => JsonObject | undefined;

/** Walks from the root of a schema, through refs; each place is looked up once. */
export function schemaFinder(schema: OpenSchema): SchemaAt {
  const found = new Map<string, JsonObject | undefined>();
  return (location) => {
    if (!found.has(location)) found.set(location, walk(schema, location));
    return found.get(location);
  };
}

function walk(schema: OpenSchema, location: string): JsonObject | undefined {
  let place: unknown = schema.root;
  for (const step of locationSteps(location).slice(0, -1)) {
    place = next(schema, place, step);
  }
  return isObject(place) ? place : undefined;
}

function next(schema: OpenSchema, place: unknown, step: string): unknown {
  if (Array.isArray(place)) return place[Number(step)];
  if (!isObject(place)) return undefined;
  if (step === "$ref" && typeof place["$ref"] === "string") {
    return schema.target(place) satisfies Schema | undefined;
  }
  return Object.hasOwn(place, step) ? place[step] : undefined;
}

import { instances } from "./example/instances.ts";
import { searchOver } from "./example/search.ts";
import type { Json, JsonObject } from "./json.ts";

/** Levels of values and refs, tried from shallow to deep, so that the value of a recursive schema is small. */
const DEPTHS = [5, 13, 24];
const BUDGET = 20_000;

/** A value that fits a JSON Schema, always the same one; undefined when none is found. */
export function exampleValue(schema: JsonObject): Json | undefined {
  for (const depth of DEPTHS) {
    const value = exampleAt(schema, depth);
    if (value !== undefined) return value;
  }
  return undefined;
}

function exampleAt(schema: JsonObject, depth: number): Json | undefined {
  const copy = structuredClone(schema);
  try {
    const search = searchOver(copy, BUDGET);
    return instances(copy, { search, pointer: "", depth }).next().value;
  } catch {
    // The schema is broken (a $ref that leads nowhere, a bad pattern): nothing can fit it.
    return undefined;
  }
}

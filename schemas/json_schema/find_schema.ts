import { isObject, type JsonObject } from "../json.ts";
import { below, pointerOf, pointerSteps } from "../json_pointer.ts";
import type { OpenSchema, Schema } from "./open_schema.ts";
import { locationSteps } from "./location.ts";

/** The schema that holds a keyword. */
export interface KeywordPlace {
  readonly schema?: JsonObject;
  /** JSON Pointer of the keyword in the root schema; missing when it is not in there. */
  readonly rule?: string;
}

/** Answers what holds the keyword at a keyword location. */
export type SchemaAt = (keywordLocation: string) => KeywordPlace;

/** Walks from the root of a schema, through refs; each place is looked up once. */
export function schemaFinder(schema: OpenSchema): SchemaAt {
  const found = new Map<string, KeywordPlace>();
  return (location) => {
    const known = found.get(location);
    if (known !== undefined) return known;
    const place = walk(schema, location);
    found.set(location, place);
    return place;
  };
}

/** A part of a schema and, as long as it is known, where it stands. */
interface Step {
  readonly part: unknown;
  readonly pointer: string | undefined;
}

function walk(schema: OpenSchema, location: string): KeywordPlace {
  const steps = locationSteps(location);
  const keyword = steps.at(-1) ?? "";
  const { part, pointer } = steps.slice(0, -1).reduce<Step>(
    (from, step) => next(schema, from, step),
    { part: schema.root, pointer: "" },
  );
  return {
    ...(isObject(part) ? { schema: part } : {}),
    ...(pointer === undefined ? {} : { rule: below(pointer, keyword) }),
  };
}

function next(schema: OpenSchema, { part, pointer }: Step, step: string): Step {
  if (isObject(part) && step === "$ref" && typeof part["$ref"] === "string") {
    const target = schema.target(part) satisfies Schema | undefined;
    return { part: target, pointer: pointerIn(schema, part["$ref"], target) };
  }
  const at = pointer === undefined ? undefined : below(pointer, step);
  return { part: child(part, step), pointer: at };
}

function child(part: unknown, step: string): unknown {
  if (Array.isArray(part)) return part[Number(step)];
  return isObject(part) && Object.hasOwn(part, step) ? part[step] : undefined;
}

/** Where a ref leads to by its own words, if that is where it leads to. */
function pointerIn(
  { root }: OpenSchema,
  ref: string,
  target: unknown,
): string | undefined {
  if (!/^#(\/|$)/.test(ref)) return undefined;
  const pointer = pointerOf(locationSteps(ref));
  const there = pointerSteps(pointer).reduce<unknown>(child, root);
  return there === target ? pointer : undefined;
}

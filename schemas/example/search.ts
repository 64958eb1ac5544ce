import type { Schema as LibrarySchema } from "@cfworker/json-schema";
import { dereference, validate } from "@cfworker/json-schema";
import type { Json, JsonObject } from "../json.ts";

/** A JSON Schema, or a part of one. */
export type Schema = JsonObject | boolean;

/** What one search for an instance knows and may spend. */
export interface Search {
  /** Whether a value fits a schema, which is the one searched for or made of its parts. */
  fits(value: Json, schema: Schema): boolean;
  /** What a `$ref` leads to. */
  target(schema: JsonObject): Schema | undefined;
  /** Whether there is still something to spend; each call spends one step. */
  spend(): boolean;
  /** Remembers a place for which no value was found. */
  deadEnd(pointer: string): void;
  /** The place deepest in the document for which no value was found. */
  readonly deepest: string;
}

/** Where an instance is being made. */
export interface Site {
  readonly search: Search;
  /** JSON Pointer in the document. */
  readonly pointer: string;
  /** How many levels of values and refs may still be entered. */
  readonly depth: number;
}

/** A search over one schema, which is read and annotated: pass a copy. */
export function searchOver(schema: JsonObject, budget: number): Search {
  const lookup: Record<string, LibrarySchema | boolean> = dereference(
    schema as LibrarySchema,
  );
  let left = budget;
  let deepest: string | undefined;
  return {
    fits: (value, part) =>
      validate(value, part as LibrarySchema, "7", lookup).valid,
    target: (part) => {
      const { __absolute_ref__: uri } = part as LibrarySchema;
      return uri === undefined ? undefined : lookup[uri] as Schema | undefined;
    },
    spend: () => left-- > 0,
    deadEnd: (pointer) => {
      if (pointer.length > (deepest?.length ?? -1)) deepest = pointer;
    },
    get deepest() {
      return deepest ?? "";
    },
  };
}

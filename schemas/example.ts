import type { Entry } from "./entry.ts";
import { instances } from "./example/instances.ts";
import type { Schema, Search } from "./example/search.ts";
import { searchOver } from "./example/search.ts";
import { Failure } from "./failure.ts";
import type { Json, JsonObject } from "./json.ts";
import { isObject } from "./json.ts";

/** What every inputs document is, whatever the processor's schema says. */
const ENVELOPE: Schema = {
  type: "object",
  required: ["schema", "params"],
  properties: {
    schema: { const: "v1" },
    params: { type: "object" },
    mode: { enum: ["mock", "real", "smoke"] },
  },
};

/** Levels of values and refs, tried from shallow to deep, so that the example of a recursive schema is small. */
const DEPTHS = [5, 8, 13, 24];
const BUDGET = 20_000;

/**
 * An inputs document that passes the check for a processor: the examples and defaults of its schema, otherwise
 * the smallest values that fit. Throws `ERR_ENTRY_EXAMPLE` when none is found, naming the place.
 */
export function exampleFor(entry: Entry): JsonObject {
  const stuck: string[] = [];
  for (const depth of DEPTHS) {
    const { found, deepest } = exampleOf(entry, depth);
    if (isObject(found)) {
      const { schema = "v1", params = {}, ...rest } = found;
      return { $processor: entry.ref, schema, params, ...rest };
    }
    stuck.push(deepest);
  }
  const [shallow = "", ...deeper] = stuck;
  const [before, last = ""] = deeper.slice(-2);
  // What is stuck elsewhere at every depth goes on without end: its first place says most.
  const pointer = before === last ? last : shallow;
  const place = pointer === "" ? "the document" : `"${pointer}"`;
  throw new Failure(
    "ERR_ENTRY_EXAMPLE",
    `Cannot make an example for "${entry.ref}": no value found for ${place}`,
    { details: { pointer } },
  );
}

function exampleOf(
  entry: Entry,
  depth: number,
): { readonly found: Json | undefined; readonly deepest: string } {
  try {
    const inputs = structuredClone(entry.inputs);
    const search: Search = searchOver(inputs, BUDGET);
    const site = { search, pointer: "", depth };
    const [found] = instances({ allOf: [ENVELOPE, inputs] }, site);
    return { found, deepest: search.deepest };
  } catch (cause) {
    const found = cause instanceof Error ? cause.message.split("\n")[0] : "";
    throw new Failure(
      "ERR_ENTRY_EXAMPLE",
      `Cannot make an example for "${entry.ref}": ${found}`,
      { cause },
    );
  }
}

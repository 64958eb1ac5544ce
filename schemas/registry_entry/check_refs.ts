import type { Diagnostic } from "../diagnostic.ts";
import { pointerSteps } from "../json_pointer.ts";
import { nearest } from "../nearest.ts";
import type { Place } from "./place.ts";
import { finding, members, placeAt, textAt } from "./place.ts";
import { walkSchema } from "./walk_schema.ts";

/**
 * Every `$ref` leads to a place in the schema itself. A schema with `$id`s is left to the validator, for they
 * change what refs mean.
 */
export function checkRefs(schema: Place): readonly Diagnostic[] {
  const all = [...walkSchema(schema)];
  if (all.some((place) => placeAt(place, "$id") !== undefined)) return [];
  return all.flatMap((place) => {
    const ref = placeAt(place, "$ref");
    const text = textAt(ref);
    if (ref === undefined || text === undefined) return [];
    const found = problem(schema, text);
    if (found === undefined) return [];
    return [finding("ERR_ENTRY_SCHEMA", ref, {
      message: `Cannot resolve "${text}": ${found}`,
      expected: "a place in this schema, such as #/definitions/name",
    })];
  });
}

function problem(schema: Place, ref: string): string | undefined {
  if (!ref.startsWith("#")) return "schemas elsewhere are not loaded";
  const steps = pointerSteps(decode(ref.slice(1)));
  let place: Place | undefined = schema;
  for (const step of steps) {
    const around: Place = place;
    place = placeAt(around, around.node.kind === "array" ? Number(step) : step);
    if (place === undefined) return missing(around, step);
  }
  return undefined;
}

function missing(around: Place, step: string): string {
  const near = nearest(step, members(around).map(({ key }) => key));
  const question = near === undefined ? "" : `, did you mean "${near}"`;
  return `there is no "${step}" in the schema${question}`;
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

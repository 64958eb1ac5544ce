import type { Diagnostic } from "../diagnostic.ts";
import { pointerSteps } from "../json_pointer.ts";
import { nearest } from "../nearest.ts";
import type { Source } from "../source.ts";
import { shortText } from "../tree_rules.ts";
import { replaceText } from "./edit_text.ts";
import type { Place } from "./place.ts";
import { finding, members, placeAt, textAt } from "./place.ts";
import { walkSchema } from "./walk_schema.ts";

/**
 * Every `$ref` leads to a place in the schema itself. A schema with `$id`s is left to the validator, for they
 * change what refs mean.
 */
export function checkRefs(
  schema: Place,
  source: Source,
): readonly Diagnostic[] {
  const all = [...walkSchema(schema)];
  if (all.some((place) => placeAt(place, "$id") !== undefined)) return [];
  return all.flatMap((place) => {
    const ref = placeAt(place, "$ref");
    const text = textAt(ref);
    if (ref === undefined || text === undefined) return [];
    const found = problem(schema, text);
    if (found === undefined) return [];
    return [finding("ERR_ENTRY_SCHEMA", ref, {
      message: `Cannot resolve "${text}": ${found.words}`,
      expected: "a place in this schema, such as #/definitions/name",
      fixes: found.near === undefined ? [] : [{
        title: `Write ${shortText(found.near)}`,
        edits: [replaceText(source, ref, found.near)],
      }],
    })];
  });
}

interface Problem {
  readonly words: string;
  /** The ref that was probably meant. */
  readonly near?: string;
}

function problem(schema: Place, ref: string): Problem | undefined {
  if (!ref.startsWith("#")) {
    return { words: "schemas elsewhere are not loaded" };
  }
  const steps = pointerSteps(decode(ref.slice(1)));
  let place: Place | undefined = schema;
  for (const step of steps) {
    const around: Place = place;
    place = placeAt(around, around.node.kind === "array" ? Number(step) : step);
    if (place === undefined) return missing(around, step, ref);
  }
  return undefined;
}

function missing(around: Place, step: string, ref: string): Problem {
  const near = nearest(step, members(around).map(({ key }) => key));
  const question = near === undefined ? "" : `, did you mean "${near}"`;
  const words = `there is no "${step}" in the schema${question}`;
  // Only where the mistake is the last step is it known where the ref leads.
  return near !== undefined && ref.endsWith(`/${step}`)
    ? { words, near: `${ref.slice(0, -step.length)}${near}` }
    : { words };
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

import type { Diagnostic } from "../diagnostic.ts";
import type { Place } from "./place.ts";
import { finding, members, placeAt, textAt } from "./place.ts";

/** Regular expressions of one schema compile as Unicode patterns, as the validator reads them. */
export function checkPatterns(schema: Place): readonly Diagnostic[] {
  const pattern = placeAt(schema, "pattern");
  const found = pattern && problem(textAt(pattern));
  return [
    ...(pattern && found ? [report(pattern, textAt(pattern), found)] : []),
    ...members(placeAt(schema, "patternProperties")).flatMap((place) => {
      const found = problem(place.key);
      return found === undefined ? [] : [report(place, place.key, found)];
    }),
  ];
}

function problem(pattern: string | undefined): string | undefined {
  if (pattern === undefined) return undefined;
  try {
    new RegExp(pattern, "u");
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    return /: ([^:]*)$/.exec(message)?.[1] ?? "it is not well-formed";
  }
}

function report(
  place: Place,
  pattern: string | undefined,
  found: string,
): Diagnostic {
  return finding("ERR_ENTRY_SCHEMA", place, {
    message: `Cannot compile pattern "${pattern}": ${found}`,
    expected: "a regular expression of ECMAScript",
  });
}

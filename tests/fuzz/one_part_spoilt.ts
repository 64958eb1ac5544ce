import fc from "fast-check";
import { isObject, type Json, type JsonObject } from "../../schemas/mod.ts";
import { json } from "./documents.ts";

/** What is there instead; nothing of it may pass for nothing or for yes. */
const part = fc.option(
  fc.oneof(json, fc.constantFrom<Json>("", 0, 1, null)),
  { nil: undefined },
);

type Place = readonly [key: string, ...below: readonly string[]];

/** An object of which one part, at any depth, is something else or is gone, and nothing else is wrong. */
export function onePartSpoilt(
  whole: fc.Arbitrary<JsonObject>,
): fc.Arbitrary<JsonObject> {
  return whole.chain((object) =>
    fc.tuple(
      fc.constantFrom(...placesIn(object)),
      part,
    ).map(([place, part]) => withPart(object, place, part))
  );
}

function placesIn(object: JsonObject): readonly Place[] {
  return Object.entries(object).flatMap(([key, value]): readonly Place[] => [
    [key],
    ...isObject(value)
      ? placesIn(value).map((below): Place => [key, ...below])
      : [],
  ]);
}

function withPart(
  object: JsonObject,
  [key, next, ...below]: Place,
  part: Json | undefined,
): JsonObject {
  const { [key]: old, ...rest } = object;
  const now = next !== undefined && isObject(old)
    ? withPart(old, [next, ...below], part)
    : part;
  return now === undefined ? rest : { ...rest, [key]: now };
}

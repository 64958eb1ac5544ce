import { type FlatSchema, typeNames } from "../../../schemas/checker.ts";

/** What kinds of values readings allow: `text or a list`; empty when they say nothing. */
export function typesText(readings: readonly FlatSchema[]): string {
  const types = readings.flatMap(typesOf);
  return types.length === 0 || types.includes(ANY)
    ? ""
    : typeNames([...new Set(types)]);
}

const ANY = "";

function typesOf({ type, const: only, enum: values }: FlatSchema) {
  if (type !== undefined) return typeof type === "string" ? [type] : type;
  const given = only === undefined ? values : [only];
  if (given === undefined) return [ANY];
  return given.map((each) =>
    each === null ? "null" : Array.isArray(each) ? "array" : typeof each
  );
}

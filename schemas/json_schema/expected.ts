import { isObject, type Json, type JsonObject } from "../json.ts";
import { oneOf } from "../show_value.ts";
import type { Finding } from "./findings.ts";

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  null: "null",
};

/** Expectations of keywords with a number or text. */
const OF_KEYWORD: Readonly<Record<string, (value: Json) => string>> = {
  pattern: (value) => `text that matches /${value}/`,
  format: (value) => `text in the form of ${value}`,
  minLength: (value) => `at least ${count(value, "character")}`,
  maxLength: (value) => `at most ${count(value, "character")}`,
  minItems: (value) => `at least ${count(value, "item")}`,
  maxItems: (value) => `at most ${count(value, "item")}`,
  minProperties: (value) => `at least ${count(value, "key")}`,
  maxProperties: (value) => `at most ${count(value, "key")}`,
  minimum: (value) => `${value} or more`,
  maximum: (value) => `${value} or less`,
  exclusiveMinimum: (value) => `more than ${value}`,
  exclusiveMaximum: (value) => `less than ${value}`,
  multipleOf: (value) => `a multiple of ${value}`,
  uniqueItems: () => "items that differ",
  contains: (value) => `an item that is ${describe(value) ?? "as described"}`,
  not: (value) => `anything but ${describe(value) ?? "that"}`,
};

/** What would have been right, as far as the keyword says it. */
export function expectedOf(finding: Finding): string | undefined {
  const { keyword, schema, values, types, matches, orTypes } = finding;
  if (values !== undefined && values.length > 0) {
    const names = orTypes === undefined ? "" : ` or ${typeNames(orTypes)}`;
    return `${oneOf(values)}${names}`;
  }
  if (types !== undefined) return typeNames(types);
  if (matches !== undefined) return "exactly one of the alternatives";
  const value = schema[keyword];
  const say = Object.hasOwn(OF_KEYWORD, keyword)
    ? OF_KEYWORD[keyword]
    : undefined;
  return value === undefined ? undefined : say?.(value);
}

/** What a schema asks for, in a few words. */
export function describe(schema: Json | undefined): string | undefined {
  if (!isObject(schema)) return undefined;
  const { const: only, enum: values, type } = schema as JsonObject;
  if (only !== undefined) return oneOf([only]);
  if (Array.isArray(values)) return oneOf(values);
  if (typeof type === "string") return typeNames([type]);
  return Array.isArray(type) ? typeNames(type.map(String)) : undefined;
}

/** What a schema demands beyond type and allowed values: `at least 1 item`, `2 or less`. */
export function limitsOf(schema: JsonObject): readonly string[] {
  return Object.entries(schema).flatMap(([keyword, value]) =>
    Object.hasOwn(OF_KEYWORD, keyword) ? OF_KEYWORD[keyword]?.(value) ?? [] : []
  );
}

/** Types as people say them: `text, a number or a list`. */
export function typeNames(types: readonly string[]): string {
  const all = types.includes("number")
    ? types.filter((type) => type !== "integer")
    : types;
  const names = all.map((type) => TYPES[type] ?? type);
  return names.length < 3
    ? names.join(" or ")
    : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

function count(value: Json, noun: string): string {
  return `${value} ${noun}${value === 1 ? "" : "s"}`;
}

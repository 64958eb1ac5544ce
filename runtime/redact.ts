import { isObject } from "./schemas.ts";
import type { Json, JsonObject } from "./schemas.ts";

/** Replaces secret values by `***` wherever they stand in a text. */
export type Redact = (text: string) => string;

/** Shorter values are left: they would blank out unrelated words. */
const MIN_LENGTH = 4;

/**
 * A redactor for these values, also as they stand in JSON, in URLs and in base64. Without values it
 * answers every text as it is.
 */
export function createRedactor(values: readonly string[]): Redact {
  const forms = new Set(
    values.filter((each) => each.length >= MIN_LENGTH).flatMap(formsOf),
  );
  if (forms.size === 0) return (text) => text;
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(RegExp.escape).join("|"), "g");
  return (text) => text.replaceAll(pattern, "***");
}

function formsOf(value: string): readonly string[] {
  const bytes = new TextEncoder().encode(value.toWellFormed());
  const base64 = bytes.toBase64({ omitPadding: true });
  const base64url = bytes.toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
  const inJson = JSON.stringify(value).slice(1, -1);
  return [
    value,
    inJson,
    encodeURIComponent(value.toWellFormed()),
    base64,
    base64url,
  ];
}

/** A copy of a JSON value with every text in it redacted, keys included. */
export function redactJson<T extends Json>(value: T, redact: Redact): T;
export function redactJson(value: Json, redact: Redact): Json {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) {
    return value.map((each) => redactJson(each, redact));
  }
  return isObject(value) ? redactObject(value, redact) : value;
}

function redactObject(value: JsonObject, redact: Redact): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map((
      [key, each],
    ) => [redact(key), redactJson(each, redact)]),
  );
}

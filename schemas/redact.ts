import type { Json } from "./json.ts";
import { isObject } from "./json.ts";

/** Replaces what must not be shown in a text. */
export type Redact = (text: string) => string;

/** What stands where a secret was. */
export const REDACTED = "***";

/** Values shorter than this are left: replacing them would garble texts and hide nothing. */
const SHORTEST = 4;

/**
 * A function that hides secret values, wherever they stand in a text: as they are, trimmed, as in a
 * JSON string, percent-encoded, and in Base64 at any offset (as in an `Authorization: Basic` header).
 */
export function redactor(values: Iterable<string>): Redact {
  const forms = new Set<string>();
  for (const value of values) {
    for (const form of formsOf(value)) {
      if (form.length >= SHORTEST) forms.add(form);
    }
  }
  if (forms.size === 0) return (text) => text;
  // Longest first, so that a secret that begins with another one is hidden whole.
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(escapeRegExp).join("|"), "g");
  return (text) => text.replaceAll(pattern, REDACTED);
}

/** A copy of a value with every string in it redacted, keys included. */
export function redactJson(value: Json, redact: Redact): Json {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) {
    return value.map((item) => redactJson(item, redact));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map((
      [key, item],
    ) => [redact(key), redactJson(item, redact)]),
  );
}

function formsOf(value: string): readonly string[] {
  const text = value.toWellFormed();
  const trimmed = text.trim();
  if (trimmed.length < SHORTEST) return [];
  return [text, trimmed].flatMap((each) => [
    each,
    JSON.stringify(each).slice(1, -1),
    encodeURIComponent(each),
    ...base64Forms(each),
  ]);
}

/**
 * A value in Base64, for each of its three alignments: to its end, and as far as the characters do not
 * depend on what comes after it.
 */
function base64Forms(text: string): readonly string[] {
  const bytes = new TextEncoder().encode(text);
  return [0, 1, 2].flatMap((offset) => {
    const padded = new Uint8Array(offset + bytes.length);
    padded.set(bytes, offset);
    const whole = btoa(String.fromCharCode(...padded));
    const start = Math.ceil(offset * 8 / 6);
    const certain = whole.slice(start, Math.floor(padded.length * 8 / 6));
    // Short pieces of Base64 occur by chance.
    if (certain.length < 8) return [];
    const toEnd = whole.slice(start);
    return [toEnd, toEnd.replaceAll("=", ""), certain].flatMap((form) => [
      form,
      form.replaceAll("+", "-").replaceAll("/", "_"),
    ]);
  });
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

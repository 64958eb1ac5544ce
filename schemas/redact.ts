import type { Json } from "./json.ts";
import { isObject } from "./json.ts";
import { formsOfAll } from "./secret_forms.ts";

/** Replaces what must not be shown in a text. */
export type Redact = (text: string) => string;

/** What stands where a secret was. */
export const REDACTED = "***";

/**
 * A function that hides secret values, wherever they stand in a text: as they are, trimmed, each longer line for itself,
 * as in a JSON string, in one that is itself in a JSON string or has ASCII alone, percent-encoded as addresses and forms
 * are, in hexadecimal digits, and in Base64 at any offset (as in an `Authorization: Basic` header). Of a URL its password
 * is hidden as well.
 */
export function redactor(values: Iterable<string>): Redact {
  return redactorOf(formsOfAll(values));
}

/** Hides secret values in a text that comes in pieces. */
export interface StreamRedactor {
  /** What may be shown by now: the beginning of what may become a secret is kept for the next piece. */
  push(piece: string): string;
  /** What was kept, for no more is to come. */
  end(): string;
}

/** As {@linkcode redactor}, also for a value of which one piece holds the beginning and another one the end. */
export function streamRedactor(values: Iterable<string>): StreamRedactor {
  const forms = formsOfAll(values);
  const redact = redactorOf(forms);
  const pattern = patternOf(forms);
  const mayBegin = (text: string) =>
    forms.some((form) => form.length > text.length && form.startsWith(text));
  const longest = Math.max(0, ...forms.map(({ length }) => length));
  let kept = "";
  return {
    push(piece) {
      const text = kept + piece;
      let cut = Math.max(0, text.length - longest);
      while (cut < text.length && !mayBegin(text.slice(cut))) cut++;
      const across = text.matchAll(pattern).find(({ index, 0: found }) =>
        index < cut && index + found.length > cut
      );
      if (across !== undefined) cut = across.index;
      kept = text.slice(cut);
      return redact(text.slice(0, cut));
    },
    end() {
      const rest = redact(kept);
      kept = "";
      return rest;
    },
  };
}

function redactorOf(forms: readonly string[]): Redact {
  if (forms.length === 0) return (text) => text;
  const pattern = patternOf(forms);
  return (text) => text.replaceAll(pattern, REDACTED);
}

/** Of no forms: what matches nothing. */
function patternOf(forms: readonly string[]): RegExp {
  return new RegExp(forms.map(escapeRegExp).join("|") || "[]", "g");
}

/** A copy of a value with every string in it redacted, keys included; a number that is a secret becomes a text. */
export function redactJson(value: Json, redact: Redact): Json {
  if (typeof value === "string") return redact(value);
  if (typeof value === "number") {
    return redact(`${value}`) === REDACTED ? REDACTED : value;
  }
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

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

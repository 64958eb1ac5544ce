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
 * JSON string, percent-encoded, and in Base64 at any offset (as in an `Authorization: Basic` header). Of
 * a URL its password is hidden as well.
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
  const beginnings = new Set(
    forms.flatMap((form) =>
      Array.from({ length: form.length }, (_, i) => form.slice(0, i))
    ),
  );
  const longest = Math.max(0, ...forms.map(({ length }) => length));
  let kept = "";
  return {
    push(piece) {
      const text = kept + piece;
      let cut = Math.max(0, text.length - longest);
      while (cut < text.length && !beginnings.has(text.slice(cut))) cut++;
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

/** Longest first, so that a secret that begins with another one is hidden whole. */
function formsOfAll(values: Iterable<string>): readonly string[] {
  const forms = new Set([...values].flatMap(formsOf));
  return [...forms].filter(({ length }) => length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
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
  return [text, trimmed, ...passwordsOf(trimmed)].flatMap((each) => [
    each,
    JSON.stringify(each).slice(1, -1),
    encodeURIComponent(each),
    ...base64Forms(each),
  ]);
}

/** The password in a URL, as it stands there and as it is meant. */
function passwordsOf(text: string): readonly string[] {
  const password = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@]*:([^/?#@]+)@/i.exec(text)
    ?.[1];
  if (password === undefined || password.length < SHORTEST) return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
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

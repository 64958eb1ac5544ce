/** Values shorter than this are left: replacing them would garble texts and hide nothing. */
const SHORTEST = 4;

/**
 * The forms in which secret values may stand in texts, see `redactor`; longest first, so that a secret that
 * begins with another one is hidden whole.
 */
export function formsOfAll(values: Iterable<string>): readonly string[] {
  const forms = new Set([...values].flatMap(formsOf));
  return [...forms].filter(({ length }) => length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
}

function formsOf(value: string): readonly string[] {
  const text = value.toWellFormed();
  const trimmed = text.trim();
  if (trimmed.length < SHORTEST) return [];
  return [text, trimmed, ...linesOf(trimmed), ...passwordsOf(trimmed)]
    .flatMap((each) => [
      each,
      ...jsonForms(each),
      ...percentForms(each),
      ...bytesOf(each).flatMap((bytes) => [
        ...hexForms(bytes),
        ...base64Forms(bytes),
      ]),
    ]);
}

/** Shorter lines of a value are left: of a key they are the end alone, of a text they are words. */
const SHORTEST_LINE = 8;

/** The lines of a value that has several: what handles lines shows each for itself. */
function linesOf(text: string): readonly string[] {
  const lines = text.split(/[\r\n]+/);
  return lines.length === 1
    ? []
    : lines.filter(({ length }) => length >= SHORTEST_LINE);
}

function jsonForms(text: string): readonly string[] {
  const inString = (each: string) => JSON.stringify(each).slice(1, -1);
  const once = inString(text);
  const ascii = once.replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return [once, inString(once), ascii, inString(ascii)];
}

/** As functions for addresses write it, as forms do, and as strict as can be; with capitals and without. */
function percentForms(text: string): readonly string[] {
  const strict = encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const address = "http://h/?";
  return [
    encodeURIComponent(text),
    encodeURI(text),
    strict,
    strict.replaceAll("%2F", "/"),
    new URL(address + text).href.slice(address.length),
    new URL(address + text.replaceAll("#", "%23")).href.slice(address.length),
    new URLSearchParams({ _: text }).toString().slice(2),
  ].flatMap((form) => [
    form,
    form.replaceAll(/%[0-9A-F]{2}/g, (each) => each.toLowerCase()),
  ]);
}

/** A text in UTF-8 and, where that differs, with a byte for each character, which `btoa` takes. */
function bytesOf(text: string): readonly Uint8Array[] {
  const utf8 = new TextEncoder().encode(text);
  if (utf8.length === text.length || /[^\0-\xff]/.test(text)) return [utf8];
  return [utf8, Uint8Array.from(text, (each) => each.charCodeAt(0))];
}

function hexForms(bytes: Uint8Array): readonly string[] {
  const hex = bytes.toHex();
  return [hex, hex.toUpperCase()];
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
function base64Forms(bytes: Uint8Array): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = new Uint8Array(offset + bytes.length);
    padded.set(bytes, offset);
    const whole = padded.toBase64();
    const start = Math.ceil(offset * 8 / 6);
    const certain = whole.slice(start, Math.floor(padded.length * 8 / 6));
    const toEnd = whole.slice(start);
    return [toEnd, toEnd.replaceAll("=", ""), certain].flatMap((form) => [
      form,
      form.replaceAll("+", "-").replaceAll("/", "_"),
    ]);
  });
}

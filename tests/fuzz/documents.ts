import fc from "fast-check";
import type { Json } from "../../schemas/mod.ts";

/** Names that the rules of documents are about, so that chance meets them. */
const KEYS = [
  "schema",
  "params",
  "mode",
  "messages",
  "content",
  "role",
  "$attach",
  "$artifact",
  "$attachments",
  "$processor",
  "$schema",
  "cid",
  "mime",
  "__proto__",
  "constructor",
  "a",
  "",
];
const TEXTS = [
  "v1",
  "mock",
  "real",
  "smoke",
  "image",
  "other",
  "../x",
  "/etc/passwd",
  "test/chat@1",
  "llm/litellm@1",
  "user",
  "/artifacts/inputs/x",
];

/** Any text: with what strings of Unicode can hold, halves of pairs too, and what the rules look for. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
    .map((units) => String.fromCharCode(...units)),
);

const key = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...KEYS) },
  { weight: 1, arbitrary: text },
);

const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
);

/** Any JSON value, with the words of inputs documents in it. */
export const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(text, number, fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 5 }).map(objectOf),
  ),
})).value;

/** An inputs document that has the usual parts. */
export const inputs: fc.Arbitrary<Json> = fc.record({
  schema: fc.oneof({ weight: 5, arbitrary: fc.constant("v1") }, json),
  params: fc.oneof(
    json,
    fc.dictionary(key, json, { maxKeys: 4, noNullPrototype: true }),
  ),
  mode: fc.oneof(fc.constantFrom("mock", "real", "default"), json),
  $attachments: fc.oneof(
    fc.dictionary(fc.constantFrom("image", "other"), text, {
      maxKeys: 2,
      noNullPrototype: true,
    }),
    json,
  ),
  $processor: fc.constantFrom("test/chat@1", "llm/litellm@1", "x"),
}, {
  requiredKeys: ["schema", "params"],
  noNullPrototype: true,
});

/** What documents are put together from, of both languages, with all kinds of line ends. */
const PIECES = [
  ...["a: ", "b: ", "- ", "? ", ": ", "&x ", "*x", "<<: *x", "{", "}", "["],
  ...["]", ",", "\n", "\n  ", "\n    ", "\r\n", "\r\n  ", "\r", "\t", " "],
  ...["# c", " # c\n", "//c\n", "/*c*/", "|", ">", "|-\n  x\n  y\n"],
  ...[">+\n  x\n\n", "'it''s'", '"a\\n\\u00e9"', '"a\n  b"', "plain text"],
  ...["plain\n  more", '"k": ', '"k":', '"', "'", "\\", "true", "null", "~"],
  ...["1e400", "-0", "1.0", "0x1F", "012", "1_000", "12345678901234567890"],
  ...[".inf", ".nan", "!!str ", "!x ", "---\n", "...\n", "%YAML 1.2\n"],
  ...["\ufeff", "\u{1f600}", "\u2028", "\u0085", "\0"],
  ...["schema: v1", '"schema": "v1"', "params:"],
];

/** Texts of pieces that seldom fit together: flow in blocks, comments and anchors anywhere. */
export const patchwork: fc.Arbitrary<string> = fc.array(
  fc.constantFrom(...PIECES),
  { maxLength: 14 },
).map((pieces) => pieces.join(""));

/** A text that somebody spoilt: pieces left out, doubled, exchanged, or characters of any kind put in. */
export function spoilt(whole: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const change = fc.tuple(fc.nat(), fc.nat({ max: 8 }), scrap);
  return fc.tuple(whole, fc.array(change, { maxLength: 4 }))
    .map(([text, changes]) => changes.reduce(spoil, text));
}

const scrap = fc.oneof(
  fc.constantFrom(
    ..."{}[]:,\"'\\#/*&!|>-?%@`\n\t \r\0",
    "\ufeff",
    "&a ",
    "*a",
    "<<: ",
    "!!str ",
    "---\n",
    "...",
    "\\u",
    "\\ud800",
    "//",
    "1e999",
    "-",
    "0x1",
    "~",
    "? ",
    "\u2028",
    "\u0085",
  ),
  fc.string({ maxLength: 3 }),
);

function spoil(
  text: string,
  [at, length, scrap]: readonly [number, number, string],
): string {
  const start = text.length === 0 ? 0 : at % (text.length + 1);
  return text.slice(0, start) + scrap + text.slice(start + length);
}

/** Sets every key as one of its own, `__proto__` too. */
function objectOf(entries: readonly (readonly [string, Json])[]): Json {
  return Object.fromEntries(entries);
}

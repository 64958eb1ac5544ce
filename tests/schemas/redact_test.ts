import assert from "node:assert/strict";
import { redactJson, redactor, streamRedactor } from "../../schemas/mod.ts";

const SECRET = 'sk-"quoted"/key+1';

Deno.test("redactor() hides a value inside a longer text", () => {
  const redact = redactor([SECRET]);
  assert.equal(
    redact(`Bearer ${SECRET}, twice ${SECRET}`),
    "Bearer ***, twice ***",
  );
});

Deno.test("redactor() hides the JSON and percent-encoded forms", () => {
  const redact = redactor([SECRET]);
  assert.equal(redact(JSON.stringify({ key: SECRET })), '{"key":"***"}');
  assert.equal(
    redact(`?key=${encodeURIComponent(SECRET)}&a=1`),
    "?key=***&a=1",
  );
});

/** How values get into texts, each as others write it. */
const WRITTEN: Readonly<Record<string, (value: string) => string>> = {
  "a form": (key) => `${new URLSearchParams({ key })}`,
  "an address": (key) => new URL(`http://h/?key=${key}`).href,
  "an address, with small letters": (key) =>
    `?key=${encodeURIComponent(key)}`
      .replaceAll(/%../g, (each) => each.toLowerCase()),
  "an address, as strict as can be": (key) =>
    `?key=${
      encodeURIComponent(key).replaceAll(
        /[!'()*]/g,
        (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
      )
    }`,
  "JSON in JSON": (key) => JSON.stringify({ key: JSON.stringify({ key }) }),
  "JSON of ASCII alone": (key) =>
    JSON.stringify({ key }).replaceAll("ö", "\\u00f6"),
  "hexadecimal digits": (key) => `key=${new TextEncoder().encode(key).toHex()}`,
  "Base64 of a byte for each character": (key) => `key=${btoa(`me:${key}`)}`,
};

for (const [form, write] of Object.entries(WRITTEN)) {
  Deno.test(`redactor() hides a value in ${form}`, () => {
    const value = "pass wörd+/(it's)\"#=9";
    const shown = redactor([value])(write(value));
    assert.match(shown, /\*\*\*/);
    // A character behind the stars may be of bytes that are not the value's alone.
    const [, ...after] = shown.split("***");
    for (const each of after) assert.doesNotMatch(each.slice(1), /[a-z0-9]/i);
  });
}

Deno.test("redactor() hides each line of a value for itself, where it is long enough", () => {
  const value = "-----BEGIN KEY-----\nMIIEvQ8f3a7c21\nshort\r\nd094d094\n";
  const redact = redactor([value]);
  assert.equal(redact(value), "***");
  assert.equal(
    redact("MIIEvQ8f3a7c21\nand d094d094\nshort"),
    "***\nand ***\nshort",
  );
});

Deno.test("redactor() hides a short value in Base64, whatever stands before it", () => {
  for (const value of ["ab1d", "ab1de", "ab1def"]) {
    for (const before of ["", "u", "us", "me:"]) {
      const shown = redactor([value])(btoa(`${before}${value}`));
      assert.match(shown, /\*\*\*/, `${before}${value}: ${shown}`);
    }
  }
});

Deno.test("redactJson() hides a number that is a value, and no other one", () => {
  const redact = redactor(["49293847", "2026"]);
  assert.deepEqual(
    redactJson({ a: 49293847, b: 492938470, c: [2026], d: 1.2026 }, redact),
    { a: "***", b: 492938470, c: ["***"], d: 1.2026 },
  );
});

for (const before of ["", "a", "ab", "abc", "user:"]) {
  Deno.test(`redactor() hides a value in Base64 after "${before}"`, () => {
    const hidden = redactor([SECRET])(btoa(`${before}${SECRET}:rest`));
    assert.match(hidden, /\*\*\*/);
    // What is left around the stars is too little to hold the value.
    assert.ok(
      hidden.replace("***", "").length < btoa(`${before}:rest`).length + 5,
    );
  });
}

Deno.test("redactor() hides a whole Base64 value, with its padding and without", () => {
  const redact = redactor(["sk-very-secret"]);
  const encoded = btoa("sk-very-secret");
  assert.equal(redact(`<${encoded}>`), "<***>");
  assert.equal(redact(`<${encoded.replaceAll("=", "")}>`), "<***>");
});

Deno.test("redactor() hides the longer of two values that begin alike", () => {
  assert.equal(redactor(["abcd", "abcdefgh"])("abcdefgh"), "***");
});

Deno.test("redactor() hides a value without the newline it was exported with", () => {
  assert.equal(
    redactor(["hunter22\n"])("key hunter22 refused"),
    "key *** refused",
  );
});

Deno.test("redactor() leaves short and empty values alone", () => {
  assert.equal(redactor(["", "a", "abc", "   "])("an abc   a"), "an abc   a");
});

Deno.test("redactJson() hides values and keys at any depth", () => {
  const redact = redactor(["hunter22"]);
  assert.deepEqual(
    redactJson({ hunter22: [{ a: "is hunter22" }, 1, null, true] }, redact),
    { "***": [{ a: "is ***" }, 1, null, true] },
  );
});

Deno.test("redactor() hides the password of a URL, as it stands there and as it is meant", () => {
  const redact = redactor(["https://me:pass%2Fword@llm.test/v1"]);
  assert.equal(redact("me, pass%2Fword or pass/word"), "me, *** or ***");
  assert.equal(redact("https://me:pass%2Fword@llm.test/v1"), "***");
});

Deno.test("streamRedactor() hides a value in pieces of any size", () => {
  const text = `before ${SECRET}, ${btoa(SECRET)} and sk-"quo after`;
  const whole = redactor([SECRET])(text);
  for (let size = 1; size <= text.length; size++) {
    const { push, end } = streamRedactor([SECRET]);
    let shown = "";
    for (let at = 0; at < text.length; at += size) {
      shown += push(text.slice(at, at + size));
    }
    assert.equal(shown + end(), whole, `pieces of ${size}`);
  }
});

Deno.test("streamRedactor() says of values that overlap what redactor() says", () => {
  const values = ["abcd", "abcdefgh", "efab", "aaaa", "cdcdcd"];
  const text = "abcdefghabcdefabcdcdcdaaaaaaaabcefabcdefg";
  const whole = redactor(values)(text);
  for (let size = 1; size <= 9; size++) {
    const { push, end } = streamRedactor(values);
    const pieces = text.match(new RegExp(`.{1,${size}}`, "g")) ?? [];
    assert.equal(pieces.map(push).join("") + end(), whole);
  }
});

Deno.test("streamRedactor() keeps back nothing but what may become a value", () => {
  const { push, end } = streamRedactor(["abcdef"]);
  assert.equal(push("x abc"), "x ");
  assert.equal(push("d"), "");
  assert.equal(push("x"), "abcdx");
  assert.equal(push("a"), "");
  assert.equal(end(), "a");
  assert.equal(end(), "");
});

Deno.test("streamRedactor() without values passes on every piece", () => {
  assert.equal(streamRedactor([]).push("abc"), "abc");
});

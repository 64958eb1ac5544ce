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

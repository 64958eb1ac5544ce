import assert from "node:assert/strict";
import fc from "fast-check";
import { redactJson, redactor } from "../../schemas/mod.ts";
import { json } from "./documents.ts";
import { SETTINGS } from "./settings.ts";

/** Values as keys and passwords are: no blanks around them, at least as long as what is worth hiding. */
const secret = fc.string({ unit: "grapheme-ascii", minLength: 8 })
  .map((text) => text.trim())
  .filter((text) => text.length >= 8 && !text.includes("*"));
const around = fc.string({ unit: "grapheme-ascii" });

const forms: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => JSON.stringify(text),
  (text) => JSON.stringify({ [text]: text }),
  (text) => JSON.stringify(JSON.stringify({ text })),
  (text) => encodeURIComponent(text),
  (text) => new URLSearchParams({ text }).toString(),
  (text) => new URL(`http://h/?${text.replaceAll("#", "%23")}`).href,
  (text) => new TextEncoder().encode(text).toHex(),
  (text) => `https://user:${encodeURIComponent(text)}@example.com/`,
  (text) => btoa(text),
  (text) => btoa(`user:${text}`),
  (text) => btoa(`u:${text}`),
  (text) => btoa(`${text}:more`),
];

Deno.test("redactor() leaves no form of a secret in a text", () => {
  fc.assert(
    fc.property(
      fc.array(secret, { minLength: 1, maxLength: 3 }),
      around,
      around,
      (secrets, before, after) => {
        const redact = redactor(secrets);
        for (const each of secrets) {
          for (const form of forms) {
            const shown = redact(`${before}${form(each)}${after}`);
            assert.ok(!shown.includes(each), `${form}: ${shown}`);
            assert.ok(!shown.includes(encodeURIComponent(each)), shown);
            const asForm = new URLSearchParams({ _: each }).toString().slice(2);
            assert.ok(!shown.includes(asForm), shown);
            const inJson = JSON.stringify(JSON.stringify(each).slice(1, -1));
            assert.ok(!shown.includes(inJson.slice(1, -1)), shown);
            assert.ok(!shown.includes(btoa(each).replaceAll("=", "")), shown);
          }
        }
      },
    ),
    SETTINGS,
  );
});

Deno.test("redactor() does not change a text without secrets, and a redacted one no more", () => {
  fc.assert(
    fc.property(secret, around, (secret, text) => {
      const redact = redactor([secret]);
      const once = redact(text);
      assert.equal(redact(once), once);
      assert.equal(redactor([])(text), text);
    }),
    SETTINGS,
  );
});

Deno.test("redactJson() reaches every string, keys included", () => {
  fc.assert(
    fc.property(json, secret, (value, secret) => {
      const redact = redactor([secret]);
      const hidden = redactJson([value, { [secret]: [secret] }], redact);
      const strings: string[] = [];
      JSON.stringify(hidden, (key, each) => {
        strings.push(key, ...(typeof each === "string" ? [each] : []));
        return each;
      });
      assert.ok(strings.every((each) => !each.includes(secret)));
    }),
    SETTINGS,
  );
});

import assert from "node:assert/strict";
import { check } from "../../schemas/checker.ts";
import { type Checked, languageOf } from "../../schemas/mod.ts";
import { contextFor, goldens, readEntries } from "./golden.ts";

const ENTRIES = readEntries();

Deno.test("check() never throws, wherever a document is cut off", () => {
  for (const { source } of [...goldens("ok"), ...goldens("err")]) {
    // A part of the alias bomb stands for up to a million values.
    const step = source.name.includes("bomb") ? 20 : 1;
    for (let end = 0; end <= source.text.length; end += step) {
      checkText(source.text.slice(0, end), source.name);
    }
  }
});

Deno.test("check() never throws, wherever a document begins", () => {
  for (const { source } of goldens("ok")) {
    for (let start = 0; start < source.text.length; start += 3) {
      checkText(source.text.slice(start), source.name);
    }
  }
});

Deno.test("check() answers about a document with 40,000 keys", () => {
  const keys = Array.from({ length: 40_000 }, (_, i) => `k${i}`);
  const json = `{"schema":"v1","params":{${
    keys.map((key) => `"${key}":1`).join()
  }}}`;
  assert.deepEqual(codes(checkText(json, "a.json")), []);
  assert.equal(codes(checkText(json, "a.json", "test/chat@1")).length, 40_001);
  const yaml = `schema: v1\nparams:\n${
    keys.map((key) => `  ${key}: 1\n`).join("")
  }`;
  assert.deepEqual(codes(checkText(yaml, "a.yaml")), []);
});

Deno.test("check() answers about 40,000 copies of one key", () => {
  const text = `{"schema":"v1","params":{${Array(40_000).fill('"k":1')}}}`;
  assert.equal(codes(checkText(text, "a.json")).length, 39_999);
});

Deno.test("check() answers about more mistakes than the library can pass on", () => {
  const messages = Array(200_000).fill('{"role":"usr","content":"x"}');
  const text = `{"schema":"v1","params":{"messages":[${messages}]}}`;
  const { diagnostics } = checkText(text, "a.json", "test/chat@1");
  assert.equal(diagnostics[0]?.code, "ERR_VALUE");
});

Deno.test("check() compares the items of long lists in one go", () => {
  const tags = Array.from({ length: 50_000 }, (_, i) => `"t${i}"`);
  const text = (list: readonly string[]) =>
    `{"schema":"v1","params":{"messages":[{"content":"x"}],"tags":[${list}]}}`;
  assert.deepEqual(codes(checkText(text(tags), "a.json", "test/chat@1")), []);
  const twice = checkText(text([...tags, '"t7"']), "a.json", "test/chat@1");
  assert.deepEqual(codes(twice), ["ERR_VALUE"]);
  assert.match(
    twice.diagnostics[0]?.message ?? "",
    /two of its items are the same/,
  );
});

Deno.test("check() answers about thousands of unknown attachments", () => {
  const uses = Array.from(
    { length: 3000 },
    (_, i) => `{"$attach":"image${i}"}`,
  );
  const names = Array.from({ length: 3000 }, (_, i) => `"imago${i}":"f"`);
  const text =
    `{"schema":"v1","$attachments":{${names}},"params":{"x":[${uses}]}}`;
  const unknown = codes(checkText(text, "a.json"))
    .filter((code) => code === "ERR_ATTACH_UNKNOWN");
  assert.equal(unknown.length, 3000);
});

Deno.test("check() answers about hostile texts", () => {
  const texts = [
    "x ".repeat(100_000),
    "[".repeat(100_000),
    "{".repeat(100_000),
    '{"a":'.repeat(100_000),
    ",".repeat(100_000),
    '"'.repeat(100_000),
    "- ".repeat(100_000),
    "? ".repeat(100_000),
    "&a ".repeat(100_000),
    "!t ".repeat(100_000),
    "a: ".repeat(100_000),
    "a:\n".repeat(100_000),
    "# c\n".repeat(100_000),
    "// c\n".repeat(100_000),
    "---\n".repeat(100_000),
    "\0".repeat(1000),
    "\ud800",
    '{"\\ud800": "\\udfff"}',
  ];
  for (const text of texts) {
    for (const name of ["a.json", "a.jsonc", "a.yaml"]) {
      checkText(text, name, "test/chat@1");
    }
  }
});

function checkText(text: string, name: string, ref?: string): Checked {
  const source = { name, text, language: languageOf(name) };
  const context = contextFor(ENTRIES, ref === undefined ? {} : { ref });
  return check(source, context);
}

function codes({ diagnostics }: Checked): readonly string[] {
  return diagnostics.map(({ code }) => code);
}

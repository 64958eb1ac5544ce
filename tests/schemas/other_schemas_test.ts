import assert from "node:assert/strict";
import { compileSchema, parse } from "../../schemas/checker.ts";
import type { Json, JsonObject } from "../../schemas/mod.ts";

const SCHEMA: JsonObject = { properties: { word: { $ref: "words.json" } } };

const WORDS = new Map<string, JsonObject>([
  ["https://example.test/words.json", {
    $id: "https://elsewhere.test/known-as",
    enum: ["one", "two"],
  }],
]);

function codes(
  schema: JsonObject,
  value: Json,
  others?: Parameters<typeof compileSchema>[1],
): readonly string[] {
  const text = JSON.stringify(value);
  const { root } = parse({ name: "case.json", text, language: "json" });
  return compileSchema(schema, others)(root ?? assert.fail())
    .map(({ code }) => code);
}

Deno.test("compileSchema() follows refs into other documents, by where they are and by what they call themselves", () => {
  const $id = "https://example.test/schema.json";
  const renamed = {
    properties: { word: { $ref: "https://elsewhere.test/known-as" } },
  };
  for (const schema of [{ $id, ...SCHEMA }, renamed]) {
    assert.deepEqual(codes(schema, { word: "one" }, WORDS), []);
    assert.deepEqual(codes(schema, { word: "three" }, WORDS), ["ERR_VALUE"]);
  }
});

Deno.test("compileSchema() looks for nothing that it was not given", () => {
  assert.deepEqual(codes(SCHEMA, { word: "one" }), ["ERR_ENTRY_SCHEMA"]);
  assert.deepEqual(codes(SCHEMA, {}), []);
});

Deno.test("compileSchema() leaves other documents as they were", () => {
  const before = structuredClone([...WORDS]);
  codes({ $id: "https://example.test/a", ...SCHEMA }, { word: 1 }, WORDS);
  assert.deepEqual([...WORDS], before);
});

import assert from "node:assert/strict";
import type { Json, JsonObject } from "../../schemas/mod.ts";
import { parse, schemaGuide } from "../../schemas/checker.ts";

const SHAPES: JsonObject = {
  type: "object",
  required: ["shape"],
  properties: {
    shape: { $ref: "#/definitions/shape" },
    sides: { type: "array", items: { type: "integer", default: 3 } },
  },
  definitions: {
    shape: {
      oneOf: [
        {
          type: "object",
          required: ["kind", "radius"],
          additionalProperties: false,
          properties: { kind: { const: "circle" }, radius: { type: "number" } },
        },
        {
          type: "object",
          required: ["kind"],
          additionalProperties: false,
          properties: {
            kind: { enum: ["square", "box"] },
            edge: { examples: [2] },
          },
        },
        { type: "string", examples: ["circle"] },
      ],
    },
  },
};

function keysAt(path: readonly (string | number)[], value?: Json) {
  const root = value === undefined ? undefined : parse({
    name: "a.json",
    text: JSON.stringify(value),
    language: "json",
  }).root;
  const guide = schemaGuide(SHAPES);
  return guide.keys(guide.at(path, root)).map(({ key, required }) =>
    required ? `${key}!` : key
  );
}

Deno.test("schemaGuide() names keys through refs and branches, required ones marked", () => {
  assert.deepEqual(keysAt([]), ["shape!", "sides"]);
  assert.deepEqual(keysAt(["shape"]), ["kind", "radius", "edge"]);
});

Deno.test("schemaGuide() leaves out branches that the document contradicts", () => {
  assert.deepEqual(keysAt(["shape"], { shape: { kind: "circle" } }), [
    "kind!",
    "radius!",
  ]);
  assert.deepEqual(keysAt(["shape"], { shape: { kind: "box" } }), [
    "kind!",
    "edge",
  ]);
  assert.deepEqual(keysAt(["shape"], { shape: { edge: 1 } }), [
    "kind!",
    "edge",
  ]);
  assert.deepEqual(keysAt(["shape"], { shape: "circle" }), []);
});

Deno.test("schemaGuide() samples defaults, examples, otherwise what fits", () => {
  const guide = schemaGuide(SHAPES);
  const samples = guide.at(["shape"], undefined).map(guide.sample);
  assert.deepEqual(samples, [
    { kind: "circle", radius: 1 },
    { kind: "square" },
    "circle",
  ]);
  const items = guide.items(guide.at(["sides"], undefined));
  assert.deepEqual(items.map(guide.sample), [3]);
  assert.ok(guide.accepts(items, 4));
  assert.ok(!guide.accepts(items, "4"));
});

Deno.test("schemaGuide() knows nothing of a broken schema, and throws nothing", () => {
  const broken: readonly JsonObject[] = [
    { $ref: "#/nowhere" },
    { patternProperties: { "(": {} } },
    { properties: { a: { $ref: "#/properties/a" } } },
  ];
  for (const schema of broken) {
    const guide = schemaGuide(schema);
    assert.deepEqual(guide.keys(guide.at(["a", 0], undefined)), []);
  }
});

import assert from "node:assert/strict";
import { type Diagnostic, type JsonObject } from "../../schemas/mod.ts";
import { compileSchema, parse } from "../../schemas/checker.ts";

Deno.test("compileSchema() does not write into the schema", () => {
  const schema = Object.freeze({
    $ref: "#/definitions/a",
    definitions: Object.freeze({
      a: Object.freeze({ type: "array", uniqueItems: true }),
    }),
  });
  const before = JSON.stringify(schema);
  assert.equal(findings(schema, "[1, 1]").length, 1);
  assert.equal(JSON.stringify(schema), before);
});

Deno.test("compileSchema() answers with the problem of a schema that cannot be applied", () => {
  const broken: readonly (readonly [JsonObject, RegExp])[] = [
    [{ $ref: "#/definitions/none" }, /unresolved \$ref "#\/definitions\/none"/],
    [{ $ref: "#" }, /leads back to itself/],
    [{ pattern: "(" }, /invalid regular expression/],
    [{ $ref: "https://example.com/elsewhere.json" }, /unresolved \$ref/],
    [{ $id: "::", $ref: "x" }, /Cannot apply the schema/],
  ];
  for (const [schema, message] of broken) {
    const [found, ...rest] = findings(schema, '"text"');
    assert.equal(found?.code, "ERR_ENTRY_SCHEMA", JSON.stringify(schema));
    assert.match(found?.message ?? "", message);
    assert.deepEqual(rest, []);
  }
});

Deno.test("compileSchema() checks formats", () => {
  const schema = { type: "string", format: "date-time" };
  assert.deepEqual(findings(schema, '"2026-01-02T03:04:05Z"'), []);
  assert.deepEqual(findings(schema, '"yesterday"').map(summary), [[
    "ERR_VALUE",
    'Cannot use "yesterday" as the document: it is not in the right form',
    "text in the form of date-time",
  ]]);
});

Deno.test("compileSchema() tells one mistake in a branch as one finding", () => {
  const shapes = {
    oneOf: [
      {
        required: ["kind", "radius"],
        properties: { kind: { const: "circle" }, radius: { type: "number" } },
        additionalProperties: false,
      },
      {
        required: ["kind", "width", "height"],
        properties: {
          kind: { const: "box" },
          width: { type: "number" },
          height: { type: "number" },
        },
        additionalProperties: false,
      },
    ],
  };
  const cases: readonly (readonly [string, string])[] = [
    ['{"kind": "circle"}', 'key "radius" is missing'],
    ['{"kind": "circle", "radius": "2"}', "it is text"],
    ['{"kind": "circle", "radus": 2}', 'did you mean "radius"'],
    ['{"kind": "box", "width": 1}', 'key "height" is missing'],
    ['{"kind": "boxx", "width": 1, "height": 2}', 'did you mean "box"'],
    ['{"kind": "circle", "radius": 2, "width": 1}', 'key "width"'],
  ];
  for (const [text, words] of cases) {
    const found = findings(shapes, text);
    assert.equal(found.length, 1, `${text}: ${found.map(summary)}`);
    assert.ok(
      found[0]?.message.includes(words),
      found[0]?.message ?? "nothing",
    );
  }
});

Deno.test("compileSchema() puts together what branches allow where nothing tells them apart", () => {
  const cases: readonly (readonly [JsonObject, string, string])[] = [
    [
      { anyOf: [{ type: "string" }, { type: "null" }, { type: "array" }] },
      "1",
      "text, null or a list",
    ],
    [
      { anyOf: [{ const: "a" }, { enum: ["b", "c"] }] },
      '"x"',
      'one of "a", "b", "c"',
    ],
    [
      { oneOf: [{ const: "auto" }, { type: "object" }] },
      "5",
      '"auto" or an object',
    ],
  ];
  for (const [schema, text, expected] of cases) {
    assert.deepEqual(findings(schema, text).map((each) => each.expected), [
      expected,
    ]);
  }
  const either = { anyOf: [{ required: ["a"] }, { required: ["b"] }] };
  assert.deepEqual(findings(either, "{}").map((each) => each.message), [
    'Cannot use the document: key "a" or "b" is missing',
  ]);
});

Deno.test("compileSchema() points at keys of any spelling", () => {
  const schema = { properties: { ok: {} }, additionalProperties: false };
  for (
    const key of [
      "a/b",
      "c~d",
      "e f",
      "g%h",
      "#",
      "é",
      "",
      "__proto__",
      "\ud800",
    ]
  ) {
    const text = JSON.stringify({ [key]: 1 });
    const source = key === "__proto__" ? '{"__proto__": 1}' : text;
    const [found, ...rest] = findings(schema, source);
    assert.deepEqual(rest, []);
    assert.equal(found?.code, "ERR_KEY_UNKNOWN", source);
    const { start, end } = found?.span ?? { start: 0, end: 0 };
    assert.equal(JSON.parse(source.slice(start, end)), key);
    const escaped = key.replaceAll("~", "~0").replaceAll("/", "~1");
    assert.equal(found?.pointer, `/${escaped}`);
  }
});

Deno.test("compileSchema() reads a recursive schema as deep as documents may be", () => {
  const schema = {
    $ref: "#/definitions/list",
    definitions: {
      list: { type: "array", items: { $ref: "#/definitions/list" } },
    },
  };
  const nested = (inside: string) => "[".repeat(100) + inside + "]".repeat(100);
  assert.deepEqual(findings(schema, nested("")), []);
  assert.deepEqual(findings(schema, nested("1")).map(({ code }) => code), [
    "ERR_VALUE_TYPE",
  ]);
});

function findings(
  schema: JsonObject | boolean,
  text: string,
): readonly Diagnostic[] {
  const source = { name: "test.json", text, language: "json" } as const;
  return compileSchema(schema)(parse(source).root ?? assert.fail(), { source });
}

function summary({ code, message, expected }: Diagnostic): readonly unknown[] {
  return [code, message, expected];
}

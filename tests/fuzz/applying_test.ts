import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "../../schemas/checker.ts";
import { applying } from "../../schemas/json_schema/applying.ts";
import {
  type OpenSchema,
  openSchema,
} from "../../schemas/json_schema/open_schema.ts";
import { plainValue } from "../../schemas/json_schema/plain_value.ts";
import { isSound } from "../../schemas/json_schema/sound.ts";
import { spared } from "../../schemas/json_schema/spared.ts";
import { surelyValid } from "../../schemas/json_schema/surely_valid.ts";
import { unopened } from "../../schemas/json_schema/unopened.ts";
import type { Json, JsonObject, Node } from "../../schemas/mod.ts";
import { SETTINGS } from "./settings.ts";

const KEYS = ["a", "b", "__proto__", "a/b", "\u{fffd}", "\ud800"];
const key = fc.constantFrom(...KEYS);

/** As they are written: numbers that are the same, or none at all, and texts whose length is seen in several ways. */
const SCALARS = [
  ...["null", "true", "false", "-1", "-0", "0", "1", "1.0", "2", "2.5"],
  ...["1e300", "1e400", "-1e400", "5e-324", "9007199254740993"],
  ...['""', '"a"', '"ab"', '"\u{1f600}"', '"e\u0301"', '"\\ud800"'],
  ...['"2024-02-29"', '"a@b.example"'],
];

/** Documents of few kinds, so that they often are what a schema of few words asks for; lists are short, or long and alike. */
const written: fc.Arbitrary<string> = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...SCALARS),
    fc.array(tie("text"), { maxLength: 3 }).map(listOf),
    fc.tuple(tie("text"), tie("text"), fc.nat({ max: 20 })).map(longOf),
    // A key may stand twice.
    fc.array(fc.tuple(key, tie("text")), { maxLength: 4 }).map(objectOf),
  ),
})).text;

const value: fc.Arbitrary<Json> = written.map((text) => JSON.parse(text));
const scalar: fc.Arbitrary<Json> = fc.constantFrom(...SCALARS)
  .map((text) => JSON.parse(text));

const limit = fc.constantFrom(0, 1, 2, 16, 20, 1.5, 20.5, -0);
const type = fc.constantFrom(
  ...["string", "number", "integer", "object", "array", "null", "boolean"],
);
const REFS = [
  ...["#/definitions/one", "#/definitions/other", "#", "#/items", "#/none"],
  ...["#named", "https://example.com/named", "named#/definitions/inner"],
];

/** Schemas of all keywords of draft-07; of those that large documents have, most. */
const schema: fc.Arbitrary<JsonObject> = fc.letrec<{
  any: JsonObject | boolean;
  whole: JsonObject;
}>((tie) => {
  const any = tie("any");
  const map = fc.dictionary(key, any, { maxKeys: 3, noNullPrototype: true });
  const some = fc.array(any, { minLength: 1, maxLength: 2 });
  const record = (model: Readonly<Record<string, fc.Arbitrary<Json>>>) =>
    fc.record(model, {
      requiredKeys: [],
      noNullPrototype: true,
    }) as fc.Arbitrary<JsonObject>;
  const list = record({
    type: fc.constant("array"),
    items: any,
    minItems: limit,
    maxItems: limit,
    description: fc.constant("a list"),
  });
  const object = record({
    type: fc.constant("object"),
    properties: map,
    additionalProperties: any,
    required: fc.array(key, { maxLength: 1 }),
  });
  const text = record({
    type: fc.constantFrom("string", ["string", "null"]),
    minLength: limit,
    maxLength: limit,
    pattern: fc.constantFrom("^a", "b$", "("),
    format: fc.constantFrom(
      ...["date", "email", "nothing", "constructor", "hasOwnProperty"],
    ),
    enum: fc.array(fc.oneof(scalar, value), { minLength: 1, maxLength: 3 }),
    const: scalar,
  });
  const number = record({
    type: fc.oneof(type, fc.array(type, { minLength: 1, maxLength: 2 })),
    minimum: limit,
    maximum: limit,
    exclusiveMinimum: limit,
    exclusiveMaximum: limit,
    multipleOf: fc.constantFrom(1, 2, 0.5),
  });
  const branches = record({ anyOf: some, allOf: some, oneOf: some });
  const rest = record({
    const: value,
    not: any,
    if: any,
    then: any,
    else: any,
    contains: any,
    propertyNames: any,
    patternProperties: fc.constant({ "^a": { type: "string" } }),
    dependencies: fc.oneof(
      fc.constant({ a: ["b"], b: { minProperties: 2 } }),
      map,
    ),
    $id: fc.constantFrom("https://example.com/named", "#named", "named"),
    unknown: any,
    dependentSchemas: map,
    dependentRequired: fc.constantFrom<Json[]>({ a: ["b"] }, { a: 5 }),
    uniqueItems: fc.boolean(),
    items: some,
    additionalItems: any,
    minProperties: limit,
    maxProperties: limit,
  });
  const plain = fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 2, arbitrary: text },
    { weight: 2, arbitrary: number },
    { weight: 5, arbitrary: list },
    { weight: 5, arbitrary: object },
    { weight: 2, arbitrary: branches },
    { weight: 1, arbitrary: rest },
    { weight: 2, arbitrary: fc.record({ $ref: fc.constantFrom(...REFS) }) },
    {
      weight: 1,
      arbitrary: fc.tuple(
        fc.constantFrom(...REFS),
        fc.oneof(list, object, rest),
      )
        .map(([$ref, beside]) => ({ ...beside, $ref })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(list, object, rest)
        .map((all) => Object.assign({}, ...all) as JsonObject),
    },
  );
  return {
    any: fc.oneof({ weight: 1, arbitrary: fc.boolean() }, {
      weight: 6,
      arbitrary: plain,
    }),
    whole: fc.record({ plain, one: any, other: any }).map((
      { plain, one, other },
    ) => ({ ...plain, definitions: { one, other } })),
  };
}).whole;

/** A schema and a document, both of which have the same lists and objects around what chance has put in. */
const pair: fc.Arbitrary<readonly [JsonObject, string]> = fc.tuple(
  schema,
  fc.tuple(written, written, fc.nat({ max: 20 })),
  fc.array(fc.boolean(), { maxLength: 3 }),
  limit,
).map(([{ definitions, ...inner }, parts, levels, minItems]) => {
  const [usual, other] = parts;
  const [schema, document] = levels.reduce<readonly [JsonObject, string]>(
    ([schema, text], isList) =>
      isList
        ? [
          { type: "array", items: schema, minItems },
          listOf([usual, text, other]),
        ]
        : [
          { properties: { "a/b": schema } },
          objectOf([["a/b", text], ["b", other]]),
        ],
    [{ items: inner }, longOf(parts)],
  );
  return [{ ...schema, definitions: definitions ?? {} }, document];
});

Deno.test("applying() says what the library says of the whole document, unopened() nothing else", () => {
  const seen = { right: 0, wrong: 0, spared: 0, unopened: 0 };
  fc.assert(
    fc.property(fc.oneof(pair, fc.tuple(schema, written)), ([schema, text]) => {
      const open = openSchema(schema);
      const root = rootOf(text);
      const isSure = unopened(schema)?.(root) ?? false;
      if (!open.ok) return assert.equal(isSure, false);
      const alone = open.schema.validate(plainValue(root));
      if (isSure) assert.deepEqual(alone, { ok: true, units: [] });
      if (isSure) seen.unopened++;
      assert.deepEqual(applying(open.schema)(root), alone);
      if (!alone.ok) return;
      const isRight = alone.units?.length === 0;
      seen[isRight ? "right" : "wrong"]++;
      if (!isRight && isSpared(root, open.schema)) seen.spared++;
    }),
    SETTINGS,
  );
  // Chance meets all of them.
  for (const [kind, count] of Object.entries(seen)) assert.ok(count > 0, kind);
});

/** What chance seldom meets: limits that are met just so, and keywords that look at a whole list. */
const LONG: Json = [...Array(30).fill(1), "wrong"];
const NUMBERS = { items: { type: "number" } };
const CASES: readonly (readonly [JsonObject, Json])[] = [
  [{ anyOf: [{ type: "null" }, { $ref: "#/none" }] }, null],
  [{ anyOf: [{ type: "null" }, { $ref: "#" }] }, null],
  [{ anyOf: [{ minLength: 0 }, { pattern: "(" }] }, "a"],
  [{ anyOf: [{}, { required: 5 }] }, {}],
  [{ anyOf: [{}, { items: null }] }, [1]],
  [{ items: { anyOf: [true, { enum: 1 }] } }, LONG],
  [{ anyOf: [true, { $recursiveRef: "#" }] }, "a"],
  [{ anyOf: [true, { dependentSchemas: { a: { $ref: "#" } } }] }, { a: 1 }],
  [{ type: "object", anyOf: [true, { dependentRequired: { a: 5 } }] }, {
    a: 1,
  }],
  [{ format: "hasOwnProperty" }, "a"],
  [{ format: "__proto__" }, "a"],
  [{ ...NUMBERS, minItems: 1.5 }, LONG],
  [{ exclusiveMinimum: 1 }, 1],
  [{ exclusiveMaximum: 1 }, 1],
  [{ minimum: 1 }, 1],
  [{ maximum: 1 }, 1],
  [{ minLength: 2 }, "\u{1f600}"],
  [{ maxLength: 1 }, "\u{1f600}"],
  [{ minItems: 2 }, [1]],
  [{ maxItems: 1 }, [1, 2]],
  [{ ...NUMBERS, minItems: 40 }, LONG],
  [{ ...NUMBERS, minItems: 31 }, LONG],
  [{ ...NUMBERS, maxItems: 30 }, LONG],
  [{ ...NUMBERS, not: { minItems: 20 } }, LONG],
  [{ ...NUMBERS, contains: { const: 1 } }, LONG],
  [{ ...NUMBERS, const: LONG }, LONG],
  [{ ...NUMBERS, enum: [LONG] }, LONG],
  [{ ...NUMBERS, uniqueItems: true }, LONG],
  [{ ...NUMBERS, allOf: [{ minItems: 32 }] }, LONG],
  [{ ...NUMBERS, if: { minItems: 31 }, then: false }, LONG],
  [
    { properties: { a: NUMBERS }, dependencies: { a: { const: 1 } } },
    { a: LONG },
  ],
  [
    { properties: { a: NUMBERS }, patternProperties: { a: { minItems: 32 } } },
    { a: LONG },
  ],
  [
    { properties: { "\ufffd": { type: "null" } }, items: true },
    { "\ud800": 1 },
  ],
  [
    { properties: { "\ufffd": NUMBERS } },
    Object.fromEntries([["\ufffd", LONG], ["\ud800", ["wrong"]]]),
  ],
  [{ items: { properties: { "\ufffd": { type: "null" } } } }, [
    ...Array(30).fill({ "\ud800": 1 }),
  ]],
  [{ items: { items: NUMBERS } }, [...Array(20).fill([[1]]), [[1], LONG]]],
];

Deno.test("applying() says what the library says at limits, and of whole lists", () => {
  for (const [schema, value] of CASES) {
    const open = openSchema(schema);
    assert.ok(open.ok);
    const root = rootOf(JSON.stringify(value));
    assert.deepEqual(
      applying(open.schema)(root),
      open.schema.validate(plainValue(root)),
      JSON.stringify(schema),
    );
  }
});

const NAMED = "https://example.com/named";
const UNCLEAR: readonly JsonObject[] = [
  { $id: NAMED },
  { properties: { a: { id: "other" } } },
  { items: { $ref: NAMED } },
  { items: { $ref: ["#/definitions/one"] }, definitions: { one: true } },
  { items: { $ref: "#/definitions/none" } },
  { "\ud800": {} },
  { properties: { "\ud800": {} } },
  { propertyNames: { not: { $id: NAMED }, $id: NAMED } },
  { unknown: { $anchor: "a" } },
];

Deno.test("unopened() leaves schemas with names, and those that may not open, alone", () => {
  for (const each of UNCLEAR) {
    assert.equal(unopened(each), undefined, JSON.stringify(each));
  }
  const ref = { items: { $ref: "#/definitions/one" } };
  const plain = { ...ref, definitions: { one: { type: "string" } } };
  assert.equal(unopened(plain)?.(rootOf('["a"]')), true);
  assert.equal(unopened(plain)?.(rootOf("[1]")), false);
});

function listOf(items: readonly string[]): string {
  return `[${items.join()}]`;
}

function longOf(
  [usual, other, at]: readonly [string, string, number],
): string {
  return listOf(Array<string>(20).fill(usual).toSpliced(at, 1, other));
}

function objectOf(pairs: readonly (readonly [string, string])[]): string {
  const all = pairs.map(([key, text]) => `${JSON.stringify(key)}:${text}`);
  return `{${all.join()}}`;
}

function rootOf(text: string): Node {
  const { root } = parse({ name: "case.json", text, language: "json" });
  return root ?? assert.fail(text);
}

function isSpared(root: Node, { root: schema, target }: OpenSchema): boolean {
  if (!isSound(schema, target)) return false;
  const surely = surelyValid(target);
  const { root: rest } = spared(root, { schema, target, surely });
  return JSON.stringify(rest).length < JSON.stringify(root).length;
}

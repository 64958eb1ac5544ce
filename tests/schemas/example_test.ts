import assert from "node:assert/strict";
import type { Entry, JsonObject } from "../../schemas/mod.ts";
import { Failure } from "../../schemas/mod.ts";
import { check, exampleFor, normalizeEntry } from "../../schemas/checker.ts";
import { randomSchema } from "./random_schema.ts";

const DIR = "tests/schemas/testdata/examples";

for (const name of cases()) {
  Deno.test(`exampleFor() makes of ${name}.schema.json what ${name}.out says`, () => {
    const params = JSON.parse(read(`${name}.schema.json`));
    const expected = read(`${name}.out`);
    if (name.startsWith("err_")) {
      assert.throws(() => exampleFor(entryOf(params)), (error) => {
        assert.ok(error instanceof Failure);
        assert.equal(error.code, "ERR_ENTRY_EXAMPLE");
        assert.equal(`${error.message}\n`, expected);
        return true;
      });
    } else {
      const example = exampleFor(entryOf(params));
      assert.equal(`${JSON.stringify(example.params, null, 2)}\n`, expected);
      assertFits(example, entryOf(params));
    }
  });
}

Deno.test("exampleFor() makes an example for any schema of a value that exists", () => {
  for (let seed = 1; seed <= 500; seed++) {
    const params = randomSchema(seed);
    const entry = entryOf(params);
    assertFits(exampleFor(entry), entry);
  }
});

Deno.test("exampleFor() names the processor and the version of the document", () => {
  const { $processor, schema } = exampleFor({
    ...entryOf({}),
    inputs: {},
  });
  assert.deepEqual({ $processor, schema }, {
    $processor: "demo/echo@1",
    schema: "v1",
  });
});

Deno.test("exampleFor() uses an example of the whole document", () => {
  const inputs = { examples: [{ schema: "v1", params: { told: true } }] };
  const { params } = exampleFor({ ...entryOf({}), inputs });
  assert.deepEqual(params, { told: true });
});

Deno.test("exampleFor() leaves the schema of the entry as it is", () => {
  const entry = entryOf({ $ref: "#/definitions/a", definitions: { a: {} } });
  const before = JSON.stringify(entry);
  exampleFor(entry);
  assert.equal(JSON.stringify(entry), before);
  assert.deepEqual(
    Object.getOwnPropertyNames(entry.inputs),
    Object.keys(entry.inputs),
  );
});

/** An entry whose `params` are described by a schema. */
function entryOf(params: JsonObject): Entry {
  const { definitions, ...schema } = params;
  return normalizeEntry({
    ref: "demo/echo@1",
    inputs: {
      type: "object",
      required: ["schema", "params"],
      additionalProperties: false,
      properties: { schema: { const: "v1" }, params: schema },
      ...(definitions === undefined ? {} : { definitions }),
    },
  });
}

/** The checker has nothing to say about an example. */
function assertFits(example: JsonObject, entry: Entry): void {
  const text = JSON.stringify(example);
  const source = { name: "example.json", text, language: "json" } as const;
  const { diagnostics } = check(source, {
    registry: { entry: () => entry, refs: [entry.ref] },
    attachments: new Map(),
    attachmentsComplete: true,
    probe: () => ({ kind: "missing" }),
  });
  const schema = JSON.stringify(entry.inputs);
  assert.deepEqual(diagnostics, [], `${text} does not fit ${schema}`);
}

function cases(): readonly string[] {
  return [...Deno.readDirSync(DIR)].map(({ name }) => name)
    .filter((name) => name.endsWith(".schema.json"))
    .map((name) => name.slice(0, -".schema.json".length)).sort();
}

function read(name: string): string {
  return Deno.readTextFileSync(`${DIR}/${name}`);
}

import assert from "node:assert/strict";
import { compileSchema, parse } from "../../schemas/checker.ts";
import {
  applyEdits,
  type Diagnostic,
  type Json,
  type JsonObject,
} from "../../schemas/mod.ts";

/** The public JSON-Schema-Test-Suite, beside the checkout; it is not part of it. */
const SUITE = new URL(
  "../../../shared/json-schema-test-suite/tests/draft7/",
  import.meta.url,
);

interface Case {
  readonly name: string;
  readonly schema: JsonObject | boolean;
  readonly data: Json;
  readonly valid: boolean;
}

/**
 * What is not answered right: two cases of the library's, and refs to documents elsewhere, which are never
 * fetched.
 */
const KNOWN = [
  /^definitions\.json: validate definition against metaschema: /,
  /^ref\.json: \$ref prevents a sibling \$id from changing the base uri: \$ref resolves to /,
  /^ref\.json: remote ref, containing refs itself: /,
  /^refRemote\.json: /,
];

const here = await exists(SUITE);
const title = here ? "" : " (left out: the suite is not here)";
assert.ok(
  here || Deno.env.get("CI") === undefined,
  "The suite must be there in CI",
);

Deno.test({
  name: `compileSchema() agrees with the JSON Schema Test Suite${title}`,
  ignore: !here,
  fn: () => {
    const all = [...cases()];
    const wrong = all.filter(({ schema, data, valid }) => {
      const found = findings(schema, JSON.stringify(data));
      const unusable = found.some(({ code }) => code === "ERR_ENTRY_SCHEMA");
      return unusable || (found.length === 0) !== valid;
    }).map(({ name }) => name);
    const unknown = wrong.filter((name) =>
      !KNOWN.some((each) => each.test(name))
    );
    assert.equal(all.length, 927);
    assert.deepEqual(unknown, []);
    assert.equal(all.length - wrong.length, 898);
  },
});

Deno.test({
  name: `compileSchema() offers fixes that leave valid JSON behind${title}`,
  ignore: !here,
  fn: () => {
    for (const { schema, data } of cases()) {
      const text = JSON.stringify(data);
      for (const { fixes = [] } of findings(schema, text)) {
        for (const { edits } of fixes) JSON.parse(applyEdits(text, edits));
      }
    }
  },
});

function* cases(): Generator<Case> {
  for (const { name: file } of Deno.readDirSync(SUITE)) {
    if (!file.endsWith(".json")) continue;
    const groups = JSON.parse(Deno.readTextFileSync(new URL(file, SUITE)));
    for (const { description, schema, tests } of groups) {
      for (const each of tests) {
        const name = `${file}: ${description}: ${each.description}`;
        yield { name, schema, data: each.data, valid: each.valid };
      }
    }
  }
}

function findings(
  schema: JsonObject | boolean,
  text: string,
): readonly Diagnostic[] {
  const source = { name: "case.json", text, language: "json" } as const;
  return compileSchema(schema)(parse(source).root ?? assert.fail(), { source });
}

async function exists(url: URL): Promise<boolean> {
  return await Deno.stat(url).then(() => true, () => false);
}

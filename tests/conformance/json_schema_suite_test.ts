import assert from "node:assert/strict";
import draft07 from "../../schemas/json/draft_07.schema.json" with {
  type: "json",
};
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

/** What is not answered right: the library lets an `$id` beside a `$ref` count, which draft-07 tells to ignore. */
const KNOWN = [
  /^ref\.json: \$ref prevents a sibling \$id from changing the base uri: \$ref resolves to /,
];

/** The documents that schemas of the suite refer to, by the addresses that they have there. */
const REMOTES = new URL("../../remotes/", SUITE);
const ADDRESS = "http://localhost:1234/";

const here = await exists(SUITE);
const title = here ? "" : " (left out: the suite is not here)";
assert.ok(
  here || Deno.env.get("CI") === undefined,
  "The suite must be there in CI",
);

const OTHERS = new Map<string, JsonObject | boolean>([
  ["http://json-schema.org/draft-07/schema", draft07 as JsonObject],
  ...(here ? documentsBelow() : []),
]);

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
    assert.equal(all.length - wrong.length, 925);
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
  return compileSchema(schema, OTHERS)(parse(source).root ?? assert.fail(), {
    source,
  });
}

/** Every document below a folder of the suite, and the meta-schema. */
function* documentsBelow(
  path = "",
): Generator<readonly [string, JsonObject | boolean]> {
  for (
    const { name, isDirectory } of Deno.readDirSync(new URL(path, REMOTES))
  ) {
    if (isDirectory) yield* documentsBelow(`${path}${name}/`);
    else yield [`${ADDRESS}${path}${name}`, readRemote(`${path}${name}`)];
  }
}

function readRemote(path: string): JsonObject | boolean {
  return JSON.parse(Deno.readTextFileSync(new URL(path, REMOTES)));
}

async function exists(url: URL): Promise<boolean> {
  return await Deno.stat(url).then(() => true, () => false);
}

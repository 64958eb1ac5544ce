import assert from "node:assert/strict";
import { compileSchema } from "../../schemas/json_schema.ts";
import type { JsonObject } from "../../schemas/mod.ts";
import { languageOf, toJson } from "../../schemas/mod.ts";
import { parse } from "../../schemas/checker.ts";
import config from "../../schemas/json/theory_config.schema.json" with {
  type: "json",
};
import entry from "../../schemas/json/registry_entry.schema.json" with {
  type: "json",
};
import envelope from "../../schemas/json/envelope.schema.json" with {
  type: "json",
};
import inputs from "../../schemas/json/inputs_v1.schema.json" with {
  type: "json",
};
import { DOCUMENTS, schemaFiles } from "../style/schema_files.ts";

const DIR = "tests/schemas/testdata/documents";

const COMMITTED = {
  "registry_entry.schema.json": entry,
  "inputs_v1.schema.json": inputs,
  "envelope.schema.json": envelope,
  "theory_config.schema.json": config,
} as const;

for (const [name, text] of schemaFiles()) {
  Deno.test(`schemas/json/${name} is what "deno task schemas" writes`, () => {
    const committed = COMMITTED[name as keyof typeof COMMITTED];
    assert.equal(`${JSON.stringify(committed, null, 2)}\n`, text);
  });

  Deno.test(`schemas/json/${name} describes every key`, () => {
    assert.deepEqual(undescribed(JSON.parse(text), ""), []);
  });
}

for (const name of Object.keys(DOCUMENTS) as (keyof typeof DOCUMENTS)[]) {
  const folder = name.slice(0, -".schema.json".length);
  for (const verdict of ["valid", "invalid"] as const) {
    for (
      const { name: file } of Deno.readDirSync(`${DIR}/${folder}/${verdict}`)
    ) {
      Deno.test(`zod and ${name} agree that ${file} is ${verdict}`, () => {
        const path = `${DIR}/${folder}/${verdict}/${file}`;
        const text = Deno.readTextFileSync(path);
        const tree = parse({ name: path, text, language: languageOf(path) });
        assert.ok(tree.root);
        assert.deepEqual(tree.problems, []);
        const findings = compileSchema(COMMITTED[name] as JsonObject)(
          tree.root,
        );
        const parsed = DOCUMENTS[name].safeParse(toJson(tree.root));
        assert.equal(findings.length === 0, verdict === "valid", "schema");
        assert.equal(parsed.success, verdict === "valid", "zod");
      });
    }
  }
}

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly anyOf?: readonly Described[];
  readonly oneOf?: readonly Described[];
  readonly items?: Described;
}

/** Pointers of properties that have no text for hovers and docs. */
function undescribed(schema: Described, pointer: string): readonly string[] {
  const { properties = {}, anyOf = [], oneOf = [], items } = schema;
  const named = Object.entries(properties).flatMap(([key, value]) => [
    ...(value.description === undefined && !WITHOUT_TEXT.includes(key)
      ? [`${pointer}/${key}`]
      : []),
    ...undescribed(value, `${pointer}/${key}`),
  ]);
  const others = [...anyOf, ...oneOf, ...items === undefined ? [] : [items]]
    .flatMap((each) => undescribed(each, pointer));
  return [...named, ...others];
}

/** What distinguishes the two forms of an envelope says itself. */
const WITHOUT_TEXT = ["status", "meta", "error"];

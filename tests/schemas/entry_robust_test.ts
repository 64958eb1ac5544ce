import assert from "node:assert/strict";
import type { Json } from "../../schemas/mod.ts";
import { hasErrors, toJson } from "../../schemas/mod.ts";
import { checkEntry, parse } from "../../schemas/checker.ts";

const DIR = "tests/schemas/testdata/entries";

const FILES = [...Deno.readDirSync(DIR)].map(({ name }) => name)
  .filter((name) => name.endsWith(".yaml") && !name.startsWith("err_")).sort();

for (const file of FILES) {
  const text = Deno.readTextFileSync(`${DIR}/${file}`);

  Deno.test(`checkEntry() answers for ${file} cut off anywhere`, () => {
    for (let end = 0; end < text.length; end += 5) {
      const { diagnostics, entry } = checkYaml(text.slice(0, end));
      assert.ok(entry !== undefined || diagnostics.length > 0, `${end}`);
    }
  });

  Deno.test(`checkEntry() answers for ${file} with any value in any place`, () => {
    const { root } = parse({ name: file, text, language: "yaml" });
    if (root === undefined) return;
    for (const changed of variants(toJson(root))) {
      const { diagnostics, entry } = checkYaml(JSON.stringify(changed));
      assert.ok(entry !== undefined || hasErrors(diagnostics));
    }
  });
}

function checkYaml(text: string) {
  return checkEntry({ name: "registry.yaml", text, language: "yaml" }, {
    expectedRef: "demo/echo@1",
    fileExists: () => true,
  });
}

const OTHERS: readonly Json[] = [null, -1, "", "x", "{", false, [], {}, [[]]];

/** The value with one place changed, for every place and every other value. */
function* variants(value: Json): Generator<Json> {
  yield* OTHERS;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      for (const each of variants(item)) yield value.with(i, each);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      for (const each of variants(item)) yield { ...value, [key]: each };
    }
  }
}

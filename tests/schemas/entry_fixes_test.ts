import assert from "node:assert/strict";
import { checkEntry } from "../../schemas/entry_check.ts";
import {
  applyEdits,
  type Diagnostic,
  type Language,
} from "../../schemas/mod.ts";

const DIR = "tests/schemas/testdata/entries";

const BRACES = `{
  "handler": "handler.ts",
  "inputs": {
    "$schema": "https://json-schema.org/draft-07/schema#",
    "required": ["word", "params"],
    "properties": {"params": {"$ref": "#/definitions/parms"}},
    "definitions": {"params": {}}
  },
  "outputs": []
}
`;

const CASES: readonly (readonly [string, string, Language])[] = [
  ...[...Deno.readDirSync(DIR)].map(({ name }) => name)
    .filter((name) => name.startsWith("err_") && name.endsWith(".yaml")).sort()
    .map((name) =>
      [name, Deno.readTextFileSync(`${DIR}/${name}`), "yaml"] as const
    ),
  ["braces in JSON", BRACES, "json"],
  ["braces in YAML", BRACES, "yaml"],
];

for (const [name, text, language] of CASES) {
  Deno.test(`checkEntry() offers fixes for ${name} that mend what they are for`, () => {
    const before = found(text, language);
    for (const { code, pointer, fixes = [] } of before) {
      for (const { title, edits } of fixes) {
        const after = found(applyEdits(text, edits), language);
        const what = `${code} ${pointer}: ${title}`;
        const same = (each: Diagnostic) =>
          each.code === code && each.pointer === pointer;
        assert.ok(count(after, same) < count(before, same), what);
        assert.ok(
          count(after, isSyntax) <= count(before, isSyntax),
          `${what}: what is left is well-formed`,
        );
      }
    }
  });
}

Deno.test("checkEntry() has fixes for an entry that is written in braces", () => {
  const titles = found(BRACES, "json").flatMap(({ fixes = [] }) =>
    fixes.map(({ title }) => title)
  );
  assert.deepEqual(titles, [
    'Add "ref"',
    'Write "http://json-schema.org/draft-07/schema#"',
    'Add "word" to the properties',
    'Write "#/definitions/params"',
  ]);
});

function found(text: string, language: Language): readonly Diagnostic[] {
  const source = { name: "registry.yaml", text, language };
  return checkEntry(source, { expectedRef: "demo/echo@1" }).diagnostics;
}

function count(
  all: readonly Diagnostic[],
  is: (each: Diagnostic) => boolean,
): number {
  return all.filter(is).length;
}

function isSyntax({ code }: Diagnostic): boolean {
  return code === "ERR_SYNTAX";
}

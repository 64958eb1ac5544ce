import assert from "node:assert/strict";
import { parse, processorEdit } from "../../schemas/checker.ts";
import { applyEdits, type Language, toJson } from "../../schemas/mod.ts";

const REF = "llm/litellm@1";

const CASES: readonly (readonly [Language, string, string])[] = [
  ["json", "{}", '{"$processor": "llm/litellm@1"}'],
  [
    "json",
    '{\n  "schema": "v1"\n}\n',
    '{\n  "$processor": "llm/litellm@1",\n  "schema": "v1"\n}\n',
  ],
  [
    "json",
    '{"schema": "v1", "$processor": "old/one@1"}',
    '{"schema": "v1", "$processor": "llm/litellm@1"}',
  ],
  ["json", '{"$processor": 7}', '{"$processor": "llm/litellm@1"}'],
  ["json", "", '{"$processor": "llm/litellm@1"}\n'],
  [
    "jsonc",
    '// processor: old/one@1\n{"schema": "v1"}',
    '// processor: llm/litellm@1\n{"schema": "v1"}',
  ],
  ["yaml", "schema: v1\n", "$processor: llm/litellm@1\nschema: v1\n"],
  [
    "yaml",
    "# of the house\nschema: v1\nparams: {}\n",
    "# of the house\n$processor: llm/litellm@1\nschema: v1\nparams: {}\n",
  ],
  [
    "yaml",
    "# processor: old/one@1\nschema: v1\n",
    "# processor: llm/litellm@1\nschema: v1\n",
  ],
  [
    "yaml",
    "schema: v1\n$processor: 'old/one@1' # it\n",
    'schema: v1\n$processor: "llm/litellm@1" # it\n',
  ],
  ["yaml", "$processor:\n", "$processor: llm/litellm@1\n"],
  ["yaml", "{schema: v1}", '{"$processor": "llm/litellm@1", schema: v1}'],
  ["yaml", "# nothing yet", "# nothing yet\n$processor: llm/litellm@1\n"],
];

for (const [language, before, after] of CASES) {
  Deno.test(`processorEdit() writes ${JSON.stringify(after)} as ${language}`, () => {
    const source = { name: "case", text: before, language };
    const edit = processorEdit(parse(source), REF) ?? assert.fail();
    const text = applyEdits(before, [edit]);
    assert.equal(text, after);
    const { root, problems } = parse({ ...source, text });
    assert.deepEqual(problems, []);
    const value = toJson(root ?? assert.fail());
    const said = (value as Record<string, unknown>)["$processor"];
    assert.ok(said === REF || after.includes(`processor: ${REF}`));
  });
}

Deno.test("processorEdit() leaves alone what is no object", () => {
  const source = { name: "case", text: "[1]", language: "json" } as const;
  assert.equal(processorEdit(parse(source), REF), undefined);
});

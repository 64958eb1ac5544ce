import assert from "node:assert/strict";
import { type DocumentKind, documentKind } from "../../schemas/mod.ts";

const LONG = JSON.stringify({ text: "schema: v0, ".repeat(1000) });

const CASES: readonly (readonly [string, string, DocumentKind | undefined])[] =
  [
    ["a.json", '{"schema": "v1", "params": {}}', "inputs"],
    ["a.json", '\uFEFF{"params": {}, "schema": "v1"}', "inputs"],
    ["a.jsonc", '// mine\n{"params": {}, /* x */ "schema": "v1",}', "inputs"],
    ["a.jsonc", "// processor: llm/litellm@1\n{}", "inputs"],
    ["a.json", `{"params":${LONG},"schema":"v1"}`, "inputs"],
    ["a.yaml", `params: ${LONG}\nschema: v1\n`, "inputs"],
    ["a.yaml", "schema: v1 # of inputs\nparams:\n  a: 1\n", "inputs"],
    ["a.yml", "---\n# mine\nschema: 'v1'\r\nparams: {}\r\n", "inputs"],
    ["a.yaml", "{schema: v1, params: {a: [1, 2]}}", "inputs"],
    ["a.yaml", "# processor: llm/litellm@1\n", "inputs"],
    ["a.yaml", "$processor: llm/litellm@1\n", "inputs"],
    ["a.json", '{"$processor": "llm/litellm@1"}', "inputs"],
    ["inputs.json", "", "inputs"],
    ["chat.inputs.yaml", "", "inputs"],
    ["dir/inputs_2.yml", "", "inputs"],
    ["x/registry.yaml", "", "entry"],
    ["theory.yaml", "", "config"],
    ["x/theory.json", "{}", "config"],
    ["a.txt", "schema: v1\nparams: {}\n", undefined],
    ["a.yaml", "nested:\n  schema: v1\n  params: {}\n", undefined],
    ["a.json", '{"a": {"schema": "v1", "params": {}}}', undefined],
    ["a.json", '{"text": "schema: v1, params: {}"}', undefined],
    ["a.json", '{"schema": "v1.2", "params": {}}', undefined],
    ["a.json", '{"a": "$processor: x"}', undefined],
    ["a.json", `{"params":{"schema":"v1"},"a":${LONG}}`, undefined],
    [
      "package.json",
      '{"name": "a", "version": "1.0.0", "scripts": {"params": "v1"}}',
      undefined,
    ],
    [
      "tsconfig.json",
      '{\n  // of the build\n  "compilerOptions": {"strict": true}\n}',
      undefined,
    ],
    [
      "docker-compose.yml",
      "version: '3'\nservices:\n  web:\n    image: web\n",
      undefined,
    ],
    [
      "deployment.yaml",
      "apiVersion: v1\nkind: ConfigMap\ndata:\n  schema: v1\n  params: x\n",
      undefined,
    ],
    [
      "registry.yaml",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: registry\n",
      undefined,
    ],
    [
      "task.yaml",
      "apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  params: []\n",
      undefined,
    ],
    [
      "ci.yml",
      "on:\n  workflow_call:\n    inputs:\n      a: {type: string}\njobs: {}\n",
      undefined,
    ],
    [
      "openapi.yaml",
      "openapi: 3.1.0\npaths:\n  /v1:\n    get:\n      parameters:\n        - schema: {type: string}\n",
      undefined,
    ],
    [
      "openapi.json",
      '{"openapi": "3.1.0", "info": {"version": "v1"}, "paths": {"params": {"schema": "v1"}}}',
      undefined,
    ],
    ["schema.json", '{"$schema": "x", "properties": {}}', undefined],
    ["values.yaml", "image:\n  tag: v1\nparams: {}\n", undefined],
    ["broken.json", '{"schema": "v1', undefined],
    ["empty.yaml", "", undefined],
  ];

for (const [name, text, kind] of CASES) {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  Deno.test(`documentKind() takes ${name} ${JSON.stringify(shown)} as ${kind ?? "none of ours"}`, () => {
    assert.equal(documentKind({ name, text }), kind);
  });
}

Deno.test("documentKind() looks at the ends of a long text alone", () => {
  const middle = "x".repeat(20_000);
  const text = `a: 1\n${middle}\nschema: v1\nparams: {}\n${middle}`;
  assert.equal(documentKind({ name: "a.yaml", text }), undefined);
});

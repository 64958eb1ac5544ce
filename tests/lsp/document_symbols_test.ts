import assert from "node:assert/strict";
import { documentSymbols } from "../../lsp/features/document_symbols.ts";
import { markedView } from "./marked_view.ts";

Deno.test("documentSymbols() outlines keys and list items, in JSON and YAML alike", () => {
  const json = markedView(
    "inputs.json",
    '{"schema": "v1",\n "params": {"messages": [{"role": "user"}]}}',
  );
  const yaml = markedView(
    "inputs.yaml",
    "schema: v1\nparams:\n  messages:\n    - role: user\n",
  );
  for (const { view } of [json, yaml]) {
    const [schema, params] = documentSymbols(view);
    assert.equal(schema?.name, "schema");
    assert.deepEqual(schema?.selectionRange.start.line, 0);
    assert.equal(params?.selectionRange.start.line, 1);
    assert.equal(
      params?.children?.[0]?.children?.[0]?.children?.[0]?.name,
      "role",
    );
  }
});

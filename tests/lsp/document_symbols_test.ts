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

Deno.test("documentSymbols() leaves out what is deep in a large document, not what is late", () => {
  const items = Array.from({ length: 9_000 }, () => '{"role": "user"}');
  const { view } = markedView(
    "inputs.json",
    `{"schema": "v1", "params": {"messages": [${items.join()}], "last": 1}}`,
  );
  const params = documentSymbols(view)[1]?.children ?? [];
  assert.deepEqual(params.map(({ name }) => name), ["messages", "last"]);
  const [messages] = params;
  assert.equal(messages?.children?.length, 9_000);
  assert.equal(messages?.children?.at(0)?.children?.length, 1);
  assert.equal(messages?.children?.at(-1)?.children?.length, 0);
});

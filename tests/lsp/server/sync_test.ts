import assert from "node:assert/strict";
import { framed } from "./framed.ts";
import { startedClient } from "./wire_client.ts";

const JSON_DOC = "file:///project/inputs.json";
const YAML_DOC = "file:///project/inputs.yaml";

Deno.test("lsp counts columns in UTF-16 and lines by CR, LF and both", async () => {
  await using client = await startedClient();
  assert.equal(client.capabilities.positionEncoding, "utf-16");
  for (const [i, end] of ["\n", "\r\n", "\r"].entries()) {
    const uri = JSON_DOC.replace("inputs", `${i}.inputs`);
    client.open(
      uri,
      `{"schema": "v1",${end}"params": {"é😀": 1, "messages": 2}}`,
    );
    client.change(uri, 2, [{
      // The 2 after an emoji, which is two units of UTF-16.
      range: {
        start: { line: 1, character: 33 },
        end: { line: 1, character: 34 },
      },
      text: `[]${end}`,
    }, {
      range: {
        start: { line: 0, character: 1 },
        end: { line: 0, character: 1 },
      },
      text: '"$processor": "llm/litellm@1", ',
    }]);
    const { diagnostics } = await client.findings(uri, 2);
    const unknown = diagnostics.find(({ code }) => code === "ERR_KEY_UNKNOWN");
    assert.deepEqual(unknown?.range, {
      start: { line: 1, character: 11 },
      end: { line: 1, character: 16 },
    });
  }
});

Deno.test("lsp takes edits of a document that begins with a mark of byte order, where the editor counts it", async () => {
  await using client = await startedClient();
  const text = '\ufeff{"schema": "v2", "params": {}}';
  client.open(JSON_DOC, text);
  const { diagnostics } = await client.findings(JSON_DOC, 1);
  const found = diagnostics.find(({ code }) => code === "ERR_SCHEMA_VERSION");
  const start = text.indexOf('"v2"');
  const range = {
    start: { line: 0, character: start },
    end: { line: 0, character: start + 4 },
  };
  assert.deepEqual(found?.range, range);
  client.change(JSON_DOC, 2, [{ range, text: '"v1"' }]);
  const codes = (await client.findings(JSON_DOC, 2)).diagnostics
    .map(({ code }) => code);
  assert.ok(!codes.includes("ERR_SCHEMA_VERSION"), codes.join());
});

/** Documents with mistakes of syntax after which it is sure what was meant, and others behind them. */
const GOES_ON: readonly (readonly [string, string, readonly string[]])[] = [
  [
    JSON_DOC,
    '{"schema": "v1" "mode": "reel", /* no */ "params": {"a": 1,}, "mde": 1}',
    [
      ...["ERR_SYNTAX", "ERR_DOCUMENT_MODE", "ERR_SYNTAX", "ERR_SYNTAX"],
      "ERR_KEY_UNKNOWN",
    ],
  ],
  [
    "file:///project/inputs.jsonc",
    '{"schema": "v1" "mode": "reel", /* yes */ "params": {"a": 1,}, "mde": 1}',
    ["ERR_SYNTAX", "ERR_DOCUMENT_MODE", "ERR_KEY_UNKNOWN"],
  ],
  [
    YAML_DOC,
    "schema: v1\nmode: reel\nmode: reel\nparams: {a: 1, a: 2}\nmde: 1\n",
    [
      ...["ERR_KEY_DUPLICATE", "ERR_DOCUMENT_MODE", "ERR_KEY_DUPLICATE"],
      "ERR_KEY_UNKNOWN",
    ],
  ],
];

Deno.test("lsp tells what is wrong behind a mistake of syntax after which reading can go on", async () => {
  await using client = await startedClient();
  for (const [uri, text, codes] of GOES_ON) {
    client.open(uri, text);
    const { diagnostics } = await client.findings(uri);
    assert.deepEqual(diagnostics.map(({ code }) => code), codes);
  }
});

Deno.test("lsp reads frames however they are cut, and a body of 10 MB", async () => {
  await using client = await startedClient();
  const text = `{"schema":"v1","params":{"long":"${"é".repeat(5_000_000)}"}}`;
  const frames = new TextEncoder().encode(framed(
    { method: "textDocument/didOpen", params: opened(YAML_DOC, "schema: v2") },
    { method: "textDocument/didOpen", params: opened(JSON_DOC, text) },
    { id: 77, method: "no/such" },
  ));
  const cuts = [1, 5, 16, 17, 19, 20, 21, 22, 23, 150, 9_000_000];
  for (const [i, cut] of cuts.entries()) {
    await client.raw(frames.subarray(cuts[i - 1] ?? 0, cut));
  }
  await client.raw(frames.subarray(cuts.at(-1)));
  assert.ok((await client.findings(YAML_DOC)).diagnostics.length > 0);
  assert.equal((await client.findings(JSON_DOC)).version, 1);
});

Deno.test("lsp says nothing about documents that are none of ours, and stops when one is no more", async () => {
  await using client = await startedClient();
  const uri = "file:///project/some.json";
  client.open("file:///project/package.json", '{"name": 1');
  client.open(uri, '{"schema": "v1", "params": {"x": 1}');
  assert.ok((await client.findings(uri, 1)).diagnostics.length > 0);
  client.change(uri, 2, '{"compilerOptions": {}');
  assert.deepEqual((await client.findings(uri, 2)).diagnostics, []);
  client.change(uri, 3, '{"schema": "v1", "params": ');
  assert.ok((await client.findings(uri, 3)).diagnostics.length > 0);
  const symbols = await client.request("textDocument/documentSymbol", {
    textDocument: { uri: "file:///project/package.json" },
  });
  assert.deepEqual(symbols, []);
  const about = new Set(client.published.map(({ uri }) => uri));
  assert.deepEqual([...about], [uri]);
});

Deno.test("lsp shows nothing more about a document that is closed", async () => {
  await using client = await startedClient();
  client.open(YAML_DOC, "schema: v2\nparams: {}\n");
  assert.ok((await client.findings(YAML_DOC)).diagnostics.length > 0);
  client.change(YAML_DOC, 2, "schema: v3\nparams: {}\n");
  client.notify("textDocument/didClose", { textDocument: { uri: YAML_DOC } });
  await client.request("textDocument/documentSymbol", {
    textDocument: { uri: YAML_DOC },
  });
  assert.deepEqual(client.published.at(-1)?.diagnostics, []);
  client.open(YAML_DOC, "schema: v2\n");
  assert.ok((await client.findings(YAML_DOC, 1)).version === 1);
});

Deno.test("lsp reads what is in no file in the language that the client says", async () => {
  await using client = await startedClient();
  const uri = "untitled:Untitled-1";
  client.open(uri, "schema: v1\nparams: []\n", "yaml");
  assert.deepEqual(
    (await client.findings(uri)).diagnostics.map(({ code }) => code),
    ["ERR_VALUE_TYPE", "ERR_REF_MISSING"].slice(0, 1),
  );
});

function opened(uri: string, text: string) {
  return { textDocument: { uri, languageId: "json", version: 1, text } };
}

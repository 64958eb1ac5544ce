import assert from "node:assert/strict";
import type { DocumentSymbol } from "vscode-languageserver";
import { random as randomOf } from "../../schemas/random_json.ts";
import { startedClient } from "./wire_client.ts";

const URI = "file:///project/inputs.json";
const OUTLINES = {
  textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
};

Deno.test("lsp serves a document of 10 MB as any other, and others meanwhile", async () => {
  await using client = await startedClient({ capabilities: OUTLINES });
  const small = "file:///project/inputs.yaml";
  client.open(URI, document(100_000, "usr"));
  client.open(small, "schema: v2\nparams: {}\n");
  assert.ok((await client.findings(small)).diagnostics.length > 0);
  assert.deepEqual(client.published.map(({ uri }) => uri), [small]);
  const { version, diagnostics } = await client.findings(URI);
  assert.equal(version, 1);
  assert.deepEqual(diagnostics.map(({ code }) => code), ["ERR_VALUE"]);
  const [found] = diagnostics;
  client.change(URI, 2, [{ range: found?.range, text: '"user"' }]);
  assert.deepEqual((await client.findings(URI, 2)).diagnostics, []);
  const symbols = await client.request<DocumentSymbol[]>(
    "textDocument/documentSymbol",
    { textDocument: { uri: URI } },
  );
  assert.deepEqual(symbols.map(({ name }) => name), [
    ...["schema", "$processor", "params"],
  ]);
  client.change(URI, 3, [{ range: found?.range, text: '"usr"' }]);
  assert.equal(await client.stop(), 0);
});

Deno.test("lsp goes on with a document that grows large, and forgets it when it is closed", async () => {
  await using client = await startedClient();
  for (const round of [1, 2]) {
    client.open(URI, document(1, "usr"));
    assert.equal((await client.findings(URI, 1)).diagnostics.length, 1);
    client.change(URI, 10 * round, document(20_000, "user"));
    const { diagnostics } = await client.findings(URI, 10 * round);
    assert.deepEqual(diagnostics, []);
    client.change(URI, 10 * round + 1, document(1, "usr"));
    await client.findings(URI, 10 * round + 1);
    client.notify("textDocument/didClose", { textDocument: { uri: URI } });
    while (client.published.at(-1)?.diagnostics.length !== 0) {
      await client.another();
    }
    client.published.splice(0);
  }
  assert.equal(await client.stop(), 0);
});

Deno.test("lsp shows nothing more of a document that grows large and is none of ours any more", async () => {
  await using client = await startedClient();
  const uri = "file:///project/some.json";
  const foreign = JSON.stringify({ name: "x".repeat(100_000) });
  client.open(uri, document(1, "usr"));
  assert.equal((await client.findings(uri, 1)).diagnostics.length, 1);
  client.change(uri, 2, foreign);
  assert.deepEqual((await client.findings(uri, 2)).diagnostics, []);
  client.change(uri, 3, document(1_000, "usr"));
  assert.equal((await client.findings(uri, 3)).diagnostics.length, 1);
  client.change(uri, 4, foreign);
  assert.deepEqual((await client.findings(uri, 4)).diagnostics, []);
  assert.equal(await client.stop(), 0);
});

Deno.test("lsp publishes once about many edits of a large document", async () => {
  await using client = await startedClient();
  client.open(URI, document(10_000, "usr"));
  await client.findings(URI, 1);
  client.published.splice(0);
  const at = { line: 3, character: 0 };
  for (let version = 2; version <= 51; version++) {
    client.change(URI, version, [{ range: { start: at, end: at }, text: " " }]);
  }
  const { diagnostics } = await client.findings(URI, 51);
  assert.deepEqual(diagnostics.map(({ code }) => code), ["ERR_VALUE"]);
  // A machine that is busy may cut them in two.
  assert.ok(client.published.length <= 5, `${client.published.length}`);
  assert.equal(await client.stop(), 0);
});

Deno.test("lsp shows of documents that grow, shrink, close and open again what a fresh check says", async () => {
  await using client = await startedClient();
  const random = randomOf(20261121);
  const texts = new Map<string, string>();
  const versions = new Map<string, number>();
  for (let step = 0; step < 120; step++) {
    const uri = `file:///project/${Math.floor(random() * 3)}.inputs.json`;
    const text = document(
      random() < 0.4 ? 1_000 : 1 + Math.floor(random() * 20),
      random() < 0.5 ? "usr" : "user",
    );
    const version = (versions.get(uri) ?? 0) + 1;
    if (!texts.has(uri)) {
      client.open(uri, text);
      texts.set(uri, text);
      versions.set(uri, 1);
    } else if (random() < 0.2) {
      client.notify("textDocument/didClose", { textDocument: { uri } });
      texts.delete(uri);
    } else {
      client.change(uri, version, text);
      texts.set(uri, text);
      versions.set(uri, version);
    }
    const textDocument = { uri };
    if (random() < 0.3) {
      await client.request("textDocument/documentSymbol", { textDocument });
    }
  }
  await using fresh = await startedClient();
  for (const [uri, version] of versions) {
    const text = texts.get(uri);
    const shown = () => client.published.findLast((each) => each.uri === uri);
    if (text === undefined) {
      while (shown()?.diagnostics.length !== 0) await client.another();
    } else {
      fresh.open(uri, text);
      const { diagnostics } = await fresh.findings(uri);
      await client.findings(uri, version);
      // Nothing older comes after it.
      await client.request("workspace/symbol", { query: "" });
      assert.equal(shown()?.version, version);
      assert.deepEqual(shown()?.diagnostics, diagnostics);
    }
  }
  assert.ok(versions.size === 3 && texts.size > 0);
  assert.equal(await fresh.stop(), 0);
  assert.equal(await client.stop(), 0);
});

Deno.test("lsp answers -32800 to what is no longer wanted of a large document", async () => {
  await using client = await startedClient();
  client.open(URI, document(30_000, "user"));
  const params = { textDocument: { uri: URI } };
  const asked = Array.from(
    { length: 5 },
    () => client.begin("textDocument/documentSymbol", params),
  );
  for (const { id } of asked) client.notify("$/cancelRequest", { id });
  for (const { result } of asked) {
    await assert.rejects(result, { code: -32800 });
  }
  await client.findings(URI, 1);
  assert.equal(await client.stop(), 0);
});

/** Messages, the last of them with the given role. */
function document(messages: number, role: string): string {
  const text = "The quick brown fox jumps over the lazy dog, again and again";
  const all = Array.from({ length: messages }, (_, i) => ({
    role: i === messages - 1 ? role : "user",
    content: text,
  }));
  return JSON.stringify(
    { schema: "v1", $processor: "llm/litellm@1", params: { messages: all } },
    undefined,
    1,
  );
}

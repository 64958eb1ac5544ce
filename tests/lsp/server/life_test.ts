import assert from "node:assert/strict";
import { startedClient, WireClient, WireError } from "./wire_client.ts";

const NAME = "file:///project/inputs.yaml";
const TYPO = "schema: v1\n$processor: llm/litellm@1\nparams:\n  mesages: []\n";

Deno.test("lsp answers an editor that can do nothing, and ends with 0 after shutdown and exit", async () => {
  await using client = await startedClient();
  client.open(NAME, TYPO);
  const { version, diagnostics } = await client.findings(NAME);
  assert.equal(version, 1);
  assert.deepEqual(diagnostics.map(({ code }) => code), ["ERR_KEY_UNKNOWN"]);
  assert.equal(await client.stop(), 0);
  assert.equal(await client.stderr, "");
});

Deno.test("lsp ends with 1 when exit comes without shutdown", async () => {
  await using client = await startedClient();
  client.notify("exit");
  assert.equal(await client.ended(), 1);
});

Deno.test("lsp refuses requests at the wrong time, and methods that it does not have", async () => {
  await using client = new WireClient();
  const code = async (method: string) => {
    const error = await client.request(method).catch((error) => error);
    return error instanceof WireError ? error.code : error;
  };
  assert.equal(await code("textDocument/hover"), -32002);
  assert.equal(await code("no/such"), -32002);
  client.notify("textDocument/didOpen", null);
  await client.initialize();
  assert.equal(await code("initialize"), -32600);
  assert.equal(await code("no/such"), -32601);
  assert.equal(await client.request("shutdown"), null);
  assert.equal(await code("textDocument/hover"), -32600);
  client.notify("exit");
  assert.equal(await client.ended(), 0);
});

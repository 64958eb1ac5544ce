import assert from "node:assert/strict";
import { plainHost } from "../plain_host.ts";
import { directClient } from "./direct_client.ts";

const FILES = Object.fromEntries(
  Array.from({ length: 200 }, (_, i) => [
    `/project/${i}.inputs.yaml`,
    "schema: v2\nparams: {}\n",
  ]),
);

Deno.test("lsp answers others while it goes through a large workspace", async () => {
  let now = 0;
  const host = plainHost(FILES, { monotonic: () => now += 1_000 });
  const client = await directClient(host);
  client.notify("workspace/didChangeWorkspaceFolders", {
    event: {
      added: [{ uri: "file:///project", name: "project" }],
      removed: [],
    },
  });
  const answers: string[] = [];
  const ask = async (method: string, params: unknown) => {
    const answer = await client.request(method, params);
    answers.push(method);
    return answer;
  };
  const long = [
    ask("workspace/diagnostic", { previousResultIds: [] }),
    ask("workspace/symbol", { query: "" }),
  ];
  const textDocument = { uri: "file:///none.json" };
  await ask("textDocument/documentSymbol", { textDocument });
  assert.deepEqual(answers, ["textDocument/documentSymbol"]);
  const [report] = await Promise.all(long);
  const { items } = report as { readonly items: readonly unknown[] };
  assert.equal(items.length, 200);
  assert.equal(await client.stop(), 0);
});

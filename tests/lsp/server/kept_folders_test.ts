import assert from "node:assert/strict";
import { plainHost } from "../plain_host.ts";
import { counted } from "./counted_files.ts";
import { directClient } from "./direct_client.ts";

const URI = "file:///project/inputs.yaml";
const TEXT = "schema: v1\nparams: {}\n";

Deno.test("lsp looks at nothing again when files change that only programs keep", async () => {
  const { files, calls } = counted(plainHost().files);
  const client = await directClient(plainHost({}, { files }));
  const textDocument = { uri: URI, languageId: "yaml", version: 1, text: TEXT };
  client.notify("textDocument/didOpen", { textDocument });
  while (client.shown.get(URI) === undefined) await pause();
  const changed = async (version: number, ...paths: readonly string[]) => {
    const before = calls.length;
    client.notify("workspace/didChangeWatchedFiles", {
      changes: paths.map((path) => ({
        uri: `file:///project/${path}`,
        type: 1,
      })),
    });
    client.notify("textDocument/didChange", {
      textDocument: { uri: URI, version },
      contentChanges: [{ text: `${TEXT}# ${version}\n` }],
    });
    while (client.shown.get(URI)?.version !== version) await pause();
    return calls.slice(before);
  };
  const kept = [".theory/runs/a", ".git/index", "x/node_modules/y.json"];
  assert.deepEqual(await changed(2, ...kept), []);
  assert.notDeepEqual(await changed(3, ...kept, "theory.yaml"), []);
  assert.notDeepEqual(await changed(4), []);
  assert.equal(await client.stop(), 0);
});

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

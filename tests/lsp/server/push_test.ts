import assert from "node:assert/strict";
import { plainHost } from "../plain_host.ts";
import { type DirectClient, directClient } from "./direct_client.ts";

const URI = "file:///project/inputs.yaml";
const TEXT = "schema: v1\nparams: {}\n";

/** A client of a server whose checks seem to take this long, in milliseconds. */
function clientWithCost(cost: number): Promise<DirectClient> {
  let now = 0;
  return directClient(plainHost({}, { monotonic: () => now += cost }));
}

function open({ notify }: DirectClient): void {
  notify("textDocument/didOpen", {
    textDocument: { uri: URI, languageId: "yaml", version: 1, text: TEXT },
  });
}

function change(
  { notify }: DirectClient,
  version: number,
  text = TEXT,
): void {
  notify("textDocument/didChange", {
    textDocument: { uri: URI, version },
    contentChanges: [{ text: `${text}# ${version}\n` }],
  });
}

/** Answered after all that came before. */
async function settled({ request }: DirectClient): Promise<void> {
  const textDocument = { uri: "file:///none.json" };
  await request("textDocument/documentSymbol", { textDocument });
}

Deno.test("lsp does not wait before it tells about what is opened, however long checks take", async () => {
  const client = await clientWithCost(10_000);
  open(client);
  await settled(client);
  assert.deepEqual(client.published.map(({ version }) => version), [1]);
  assert.equal(await client.stop(), 0);
});

Deno.test("lsp tells of a burst of edits once, about the last version", async () => {
  const client = await clientWithCost(10_000);
  open(client);
  for (let version = 2; version <= 51; version++) change(client, version);
  await settled(client);
  while (client.shown.get(URI)?.version !== 51) await pause();
  assert.deepEqual(client.published.map(({ version }) => version), [1, 51]);
  assert.equal(await client.stop(), 0);
});

Deno.test("lsp goes on when a document cannot be checked, and shows nothing about it", async () => {
  let broken = false;
  const { files, ...rest } = plainHost();
  const probe = (path: string) => {
    if (broken) throw new TypeError("no such thing");
    return files.probe(path);
  };
  const client = await directClient({ ...rest, files: { ...files, probe } });
  const text =
    "schema: v1\n$attachments: {a: a.png}\nparams: {x: {$attach: a}}\n";
  client.notify("textDocument/didOpen", {
    textDocument: { uri: URI, languageId: "yaml", version: 1, text },
  });
  await settled(client);
  assert.notEqual(client.shown.get(URI)?.diagnostics.length, 0);
  broken = true;
  change(client, 2, text);
  while (client.shown.get(URI)?.diagnostics.length !== 0) await pause();
  broken = false;
  change(client, 3, text);
  while (client.shown.get(URI)?.version !== 3) await pause();
  assert.notEqual(client.shown.get(URI)?.diagnostics.length, 0);
  assert.equal(await client.stop(), 0);
});

Deno.test("lsp tells nothing more after shutdown", async () => {
  const client = await clientWithCost(10_000);
  open(client);
  change(client, 2);
  assert.equal(await client.stop(), 0);
  assert.deepEqual(client.published.map(({ version }) => version), [1]);
});

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

import assert from "node:assert/strict";
import type { MockAnswer } from "../../../lsp/mod.ts";
import { plainHost } from "../plain_host.ts";
import { type DirectClient, directClient } from "./direct_client.ts";

const TEXT =
  "schema: v1\n$processor: llm/litellm@1\nparams:\n  messages: [{role: user, content: Hello}]\n";

/** A run that does not like what a message says. */
const FAILED: MockAnswer = {
  code: 7,
  envelope: {
    status: "error",
    error: {
      code: "ERR_MODEL",
      message: "Cannot answer",
      details: { pointer: "/params/messages/0/content" },
    },
  },
  stderr: "",
};

const [ONE, OTHER] = ["file:///project/inputs.yaml", "file:///o/inputs.yaml"];

Deno.test("lsp shows what a run found until its document changes, whatever happens to others", async () => {
  const runMock = () => Promise.resolve(FAILED);
  const client = await directClient(plainHost({}, { runMock }));
  for (const uri of [ONE, OTHER]) {
    open(client, uri);
    await client.request("workspace/executeCommand", {
      command: "theoryctl.runMock",
      arguments: [{ uri }],
    });
  }
  await shows(client, ONE, ["ERR_MODEL"]);
  await shows(client, OTHER, ["ERR_MODEL"]);
  // A run writes files, too.
  client.notify("workspace/didChangeWatchedFiles", {
    changes: [{ uri: "file:///project/outputs/a.txt", type: 1 }],
  });
  await again(client, ONE);
  await shows(client, ONE, ["ERR_MODEL"]);
  client.notify("textDocument/didChange", {
    textDocument: { uri: ONE, version: 2 },
    contentChanges: [{ text: TEXT.replace("Hello", "Hi") }],
  });
  await shows(client, ONE, []);
  await shows(client, OTHER, ["ERR_MODEL"]);
  client.notify("textDocument/didClose", { textDocument: { uri: OTHER } });
  await shows(client, OTHER, []);
  open(client, OTHER);
  await again(client, OTHER);
  await shows(client, OTHER, []);
  assert.equal(await client.stop(), 0);
});

function open({ notify }: DirectClient, uri: string): void {
  notify("textDocument/didOpen", {
    textDocument: { uri, languageId: "yaml", version: 1, text: TEXT },
  });
}

/** Waits until the findings about a document have exactly these codes. */
async function shows(
  { shown }: DirectClient,
  uri: string,
  codes: readonly string[],
): Promise<void> {
  const now = () => shown.get(uri)?.diagnostics.map(({ code }) => code).join();
  while (now() !== codes.join()) await pause();
}

/** Waits until something is published about a document once more. */
async function again(
  { published }: DirectClient,
  uri: string,
): Promise<void> {
  const count = () => published.filter((each) => each.uri === uri).length;
  for (const before = count(); count() === before;) await pause();
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

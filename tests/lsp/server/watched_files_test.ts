import assert from "node:assert/strict";
import { codesBecome, entryText, inProject } from "./project_client.ts";

const ENTRY = "shelf/demo/word/1/registry.yaml";
const WORDS = entryText("demo/word@1", ["one", "two"]);
const SETTINGS = "registry: [shelf]\n";

const FILES = {
  [ENTRY]: WORDS,
  "shelf/demo/word/1/handler.ts": "",
  "theory.yaml": SETTINGS,
  "inputs.yaml": "schema: v1\n$processor: demo/word@1\nparams: {word: one}\n",
};

/** Created, changed and deleted, as the protocol numbers them. */
const [CREATED, CHANGED, DELETED] = [1, 2, 3];

/** Tells the server of a file. */
function changes(uri: string, type: number) {
  return { changes: [{ uri, type }] };
}

Deno.test("lsp checks open documents again when a registry.yaml changes on the disk", async () => {
  await inProject(FILES, async ({ client, write, open, uri }) => {
    const inputs = open("inputs.yaml");
    await codesBecome(client, inputs, []);
    const tell = (type: number) =>
      client.notify("workspace/didChangeWatchedFiles", {
        ...changes(uri(ENTRY), type),
      });
    write(ENTRY, WORDS.replace("[one, two]", "[two]"));
    tell(CHANGED);
    await codesBecome(client, inputs, ["ERR_VALUE"]);
    Deno.removeSync(new URL(uri(ENTRY)));
    tell(DELETED);
    await codesBecome(client, inputs, ["ERR_REF_UNKNOWN"]);
    write(ENTRY, WORDS);
    tell(CREATED);
    await codesBecome(client, inputs, []);
    // What was published is about the version that is open.
    assert.equal(client.published.at(-1)?.version, 1);
  });
});

Deno.test("lsp checks open documents again when theory.yaml changes on the disk", async () => {
  await inProject(FILES, async ({ client, write, open, uri }) => {
    const inputs = open("inputs.yaml");
    await codesBecome(client, inputs, []);
    const tell = (type: number) =>
      client.notify("workspace/didChangeWatchedFiles", {
        ...changes(uri("theory.yaml"), type),
      });
    write("theory.yaml", "registry: []\n");
    tell(CHANGED);
    await codesBecome(client, inputs, ["ERR_REF_UNKNOWN"]);
    write("theory.yaml", SETTINGS);
    tell(CHANGED);
    await codesBecome(client, inputs, []);
    Deno.removeSync(new URL(uri("theory.yaml")));
    tell(DELETED);
    await codesBecome(client, inputs, ["ERR_REF_UNKNOWN"]);
  });
});

Deno.test("lsp checks open documents again when an attached file appears and goes", async () => {
  const files = {
    ...FILES,
    "inputs.yaml":
      "schema: v1\n$processor: demo/word@1\n$attachments: {photo: photo.png}\nparams: {word: one, file: {$attach: photo}}\n",
  };
  await inProject(files, async ({ client, write, open, uri }) => {
    const inputs = open("inputs.yaml");
    await codesBecome(client, inputs, ["ERR_ATTACH_MISSING"]);
    const photo = uri("photo.png");
    write("photo.png", "png");
    client.notify(
      "workspace/didChangeWatchedFiles",
      changes(photo, CREATED),
    );
    await codesBecome(client, inputs, []);
    Deno.removeSync(new URL(photo));
    client.notify(
      "workspace/didChangeWatchedFiles",
      changes(photo, DELETED),
    );
    await codesBecome(client, inputs, ["ERR_ATTACH_MISSING"]);
  });
});

Deno.test("lsp checks open documents again when an entry is saved, for clients that watch no files", async () => {
  await inProject(FILES, async ({ client, write, open }) => {
    const inputs = open("inputs.yaml");
    await codesBecome(client, inputs, []);
    const entry = open(ENTRY);
    const text = WORDS.replace("[one, two]", "[two]");
    client.change(entry, 2, text);
    write(ENTRY, text);
    client.notify("textDocument/didSave", { textDocument: { uri: entry } });
    await codesBecome(client, inputs, ["ERR_VALUE"]);
  });
});

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import { NO_ASSOCIATION, viewOf } from "../../../lsp/mod.ts";
import { toLsp } from "../../../lsp/server/to_lsp.ts";
import { languageOf } from "../../../schemas/mod.ts";
import { random as randomOf } from "../../schemas/random_json.ts";
import { plainHost } from "../plain_host.ts";
import { corpus } from "./corpus.ts";
import { type DirectClient, directClient } from "./direct_client.ts";

const HOST = plainHost();
const EDITS = 10_000;
/** Edits of one document, one after the other; then its findings are looked at. */
const STROKES = 50;

Deno.test("lsp reads every document of the corpus cut off at every place", () => {
  let views = 0;
  for (const { name, text } of corpus()) {
    for (let end = 0; end < text.length; end++) {
      fresh(`file:///project/${name}`, text.slice(0, end));
      views++;
    }
  }
  assert.ok(views > 30_000, `${views} views`);
});

Deno.test("lsp shows after any edits what a fresh check says, 10,000 random ones", async () => {
  const seed = 20261121;
  const random = randomOf(seed);
  const client = await directClient(HOST);
  const documents = corpus();
  for (let done = 0; done < EDITS; done += STROKES) {
    const { name, text } = pick(documents, random);
    const uri = `file:///project/${done}/${name}`;
    const last = await typed(client, { uri, text, random });
    const expected = fresh(uri, last.getText());
    assert.deepEqual(
      client.shown.get(uri)?.diagnostics ?? [],
      expected,
      `seed ${seed}, edit ${done}: ${JSON.stringify(last.getText())}`,
    );
    client.notify("textDocument/didClose", { textDocument: { uri } });
    await settled(client);
    assert.deepEqual(client.shown.get(uri)?.diagnostics ?? [], []);
  }
  assert.equal(await client.stop(), 0);
});

/** Types into a document without a pause; answers it as it is in the editor. */
async function typed(
  client: DirectClient,
  { uri, text, random }: {
    readonly uri: string;
    readonly text: string;
    readonly random: () => number;
  },
): Promise<TextDocument> {
  const document = TextDocument.create(uri, languageOf(uri), 1, text);
  const item = { uri, languageId: languageOf(uri), version: 1, text };
  client.notify("textDocument/didOpen", { textDocument: item });
  for (let version = 2; version < 2 + STROKES; version++) {
    const change = edit(document, random);
    TextDocument.update(document, [change], version);
    client.notify("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [change],
    });
    if (random() < 0.1) await settled(client);
  }
  await shownAt(client, document);
  return document;
}

const PIECES = [
  ...['"', "'", "{", "}", "[", "]", ":", ",", "\n", "\r\n", "\r", "\t", " "],
  ..."#&*|>-?!%@`\\😀é\u2028\ufeff0".match(/./gu) ?? [],
  ...["null", "1e999", "$attach", "schema: v1\n", '"params": ', "  - "],
  ...["- &a [*a]", "# processor: llm/litellm@1\n", "\ud800", "\\ud83d"],
];

/** Puts something in, takes something out, or both, anywhere. */
function edit(document: TextDocument, random: () => number) {
  const { length } = document.getText();
  const start = Math.floor(random() * (length + 1));
  const end = random() < 0.5
    ? start
    : Math.min(length, start + Math.floor(random() * 8));
  const text = random() < 0.3 ? "" : pick(PIECES, random);
  const range = {
    start: document.positionAt(start),
    end: document.positionAt(end),
  };
  return { range, text };
}

/** Waits until the last version was published. */
async function shownAt(
  { shown }: DirectClient,
  { uri, version }: TextDocument,
): Promise<void> {
  while (shown.get(uri)?.version !== version) await pause();
}

async function settled(client: DirectClient): Promise<void> {
  const textDocument = { uri: "file:///none.json" };
  await client.request("textDocument/documentSymbol", { textDocument });
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

/** What is told about a text that nobody has seen before. */
function fresh(uri: string, text: string) {
  const path = uri.slice("file://".length);
  const name = path.slice(path.lastIndexOf("/") + 1);
  const view = viewOf({
    uri,
    path,
    dir: path.slice(0, path.lastIndexOf("/")),
    version: 1,
    source: { name, text, language: languageOf(name) },
  }, {
    registry: HOST.registry({ roots: [] }),
    files: HOST.files,
    association: NO_ASSOCIATION,
  });
  if (view === undefined) return [];
  const client = { relatedInformation: false, codeDescription: false };
  return toLsp(view, view.diagnostics, { client, docs: String });
}

function pick<T>(all: readonly T[], random: () => number): T {
  return all[Math.floor(random() * all.length)] as T;
}

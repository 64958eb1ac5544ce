import assert from "node:assert/strict";
import type { ClientCapabilities } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { languageOf } from "../../../schemas/mod.ts";
import { random as randomOf } from "../../schemas/random_json.ts";
import { plainHost } from "../plain_host.ts";
import { corpus } from "./corpus.ts";
import { type DirectClient, directClient } from "./direct_client.ts";

/** Places at which each document of the corpus is cut off. */
const CUTS = 4;

const SUPPORT: ClientCapabilities = {
  textDocument: {
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
    },
    completion: { completionItem: { snippetSupport: true } },
    hover: { contentFormat: ["markdown"] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    publishDiagnostics: { relatedInformation: true },
  },
  workspace: { applyEdit: false, workspaceEdit: { documentChanges: true } },
};

Deno.test("lsp answers everything that can be asked about documents that are cut off anywhere", async () => {
  const random = randomOf(20261121);
  const clients = [
    await directClient(plainHost()),
    await directClient(plainHost(), SUPPORT),
  ];
  let asked = 0;
  for (const { name, text } of corpus()) {
    for (let i = 0; i < CUTS; i++) {
      const cut = text.slice(0, Math.floor(random() * (text.length + 1)));
      for (const client of clients) {
        asked += await askedAll(client, { name: `${i}/${name}`, cut, random });
      }
    }
  }
  assert.ok(asked > 15_000, `${asked} questions`);
  for (const client of clients) assert.equal(await client.stop(), 0);
});

/** Asks everything about a text; answers how many questions that were. */
async function askedAll(
  client: DirectClient,
  { name, cut, random }: {
    readonly name: string;
    readonly cut: string;
    readonly random: () => number;
  },
): Promise<number> {
  const uri = `file:///project/${name}`;
  const document = TextDocument.create(uri, languageOf(name), 1, cut);
  const at = random() < 0.5
    ? cut.length
    : Math.floor(random() * (cut.length + 1));
  const position = document.positionAt(at);
  const end = document.positionAt(cut.length);
  const item = { uri, languageId: languageOf(name), version: 1, text: cut };
  client.notify("textDocument/didOpen", { textDocument: item });
  const questions = questionsAbout({ uri, position, end });
  await Promise.all(questions.map(async ([method, params]) => {
    try {
      await client.request(method, params);
    } catch (cause) {
      const place = JSON.stringify({ at, cut });
      throw new Error(`${method} ${name} ${place}`, { cause });
    }
  }));
  client.notify("textDocument/didClose", { textDocument: { uri } });
  return questions.length;
}

function questionsAbout({ uri, position, end }: {
  readonly uri: string;
  readonly position: unknown;
  readonly end: unknown;
}): readonly (readonly [string, unknown])[] {
  const textDocument = { uri };
  const whole = { start: { line: 0, character: 0 }, end };
  const options = { tabSize: 2, insertSpaces: true };
  const context = { diagnostics: [], includeDeclaration: true };
  const all = {
    ...{ textDocument, position, range: whole, options, context },
    positions: [position],
  };
  const ask = (method: string, more = {}) =>
    [`textDocument/${method}`, { ...all, ...more }] as const;
  const run = (command: string) =>
    [
      "workspace/executeCommand",
      { command: `theoryctl.${command}`, arguments: [{ uri }] },
    ] as const;
  return [
    ask("completion"),
    ask("hover"),
    ask("definition"),
    ask("references"),
    ask("documentHighlight"),
    ask("prepareRename"),
    ask("documentLink"),
    ask("documentSymbol"),
    ask("foldingRange"),
    ask("selectionRange"),
    ask("formatting"),
    ask("rangeFormatting"),
    ask("inlayHint"),
    ask("codeAction"),
    ask("codeAction", { range: { start: position, end: position } }),
    ask("codeLens"),
    ask("diagnostic"),
    run("resolved"),
    run("commandLine"),
    ["theory/resolved", all],
    ["theory/status", all],
    ["workspace/symbol", { query: "a" }],
  ];
}

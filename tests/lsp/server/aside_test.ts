import assert from "node:assert/strict";
import type {
  Location,
  Message,
  TextDocumentEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import type { Host } from "../../../lsp/mod.ts";
import { Aside, type AsidePort } from "../../../lsp/server/aside.ts";
import { LARGE } from "../../../lsp/server/serve.ts";
import { plainHost } from "../plain_host.ts";
import { counted } from "./counted_files.ts";
import { directClient, serversAside } from "./direct_client.ts";

const SETTINGS =
  "inputs:\n  - files: '**/*.inputs.yaml'\n    ref: demo/word@1\n    attach: {photo: p.png}\n";
const SMALL = "schema: v1\nparams: {word: one, file: {$attach: photo}}\n";
const BIG = `${SMALL}${"# what is said of it\n".repeat(LARGE / 20)}`;
const CAPABILITIES = {
  workspace: { workspaceEdit: { documentChanges: true } },
};
const DEEP = "file:///project/deep/small.inputs.yaml";
const ON_DISK = {
  "/project/theory.yaml": SETTINGS,
  "/project/deep/small.inputs.yaml": SMALL,
  "/project/p.png": "png",
};

Deno.test("lsp shows nothing more of large documents when their server breaks, and answers what was asked", () => {
  const written: Message[] = [];
  const lost: string[] = [];
  const port: AsidePort = {
    postMessage: () => {},
    terminate: () => {},
    onmessage: null,
    onerror: null,
  };
  const aside = new Aside({
    start: () => port,
    writer: { write: (message) => Promise.resolve(void written.push(message)) },
    across: new Set(),
    isLarge: () => true,
    handOver: () => undefined,
    items: () => [],
    shown: () => {},
    lost: (uri) => lost.push(uri),
  });
  const uri = "file:///big.inputs.yaml";
  const textDocument = { uri, languageId: "yaml", version: 1, text: BIG };
  for (
    const message of [
      { method: "textDocument/didOpen", params: { textDocument } },
      { id: 7, method: "textDocument/hover", params: { textDocument } },
    ]
  ) aside.step({ jsonrpc: "2.0", ...message } as Message, () => {});
  port.onerror?.(new ErrorEvent("error", { message: "no memory" }));
  const jsonrpc = "2.0";
  assert.deepEqual(written, [
    {
      jsonrpc,
      id: 7,
      error: {
        code: -32603,
        message: 'Cannot answer "textDocument/hover": no memory',
      },
    },
  ]);
  assert.deepEqual(lost, [uri]);
});

Deno.test("lsp leads to no place in a document whose server broke, and changes nothing there, until it is closed", async () => {
  const theory = "file:///project/theory.yaml";
  const big = "file:///project/big.inputs.yaml";
  const text = `# ours\n${SETTINGS}${"# is said\n".repeat(LARGE / 10)}`;
  const { aside, client, open, place, named } = await opened(
    plainHost(ON_DISK),
    { large: theory, text },
  );
  assert.deepEqual(await named(), [`${DEEP}:1`, `${theory}:4`]);
  aside.fail();
  assert.deepEqual(await named(), [`${DEEP}:1`]);
  // Another server aside has to know of it, too.
  open(big, BIG);
  assert.deepEqual(await named(), [`${DEEP}:1`]);
  const edit = await client.request("textDocument/rename", {
    ...place,
    newName: "portrait",
  });
  const { documentChanges = [] } = edit as WorkspaceEdit;
  assert.deepEqual(
    (documentChanges as TextDocumentEdit[]).map((each) =>
      each.textDocument.uri
    ),
    [DEEP],
  );
  const textDocument = { uri: theory };
  client.notify("textDocument/didClose", { textDocument });
  assert.deepEqual(await named(), [
    `${big}:1`,
    `${DEEP}:1`,
    `${theory}:3`,
  ]);
  assert.equal(await client.stop(), 0);
});

Deno.test("lsp lets the server of large documents read others when it is asked across them, and check none", async () => {
  const { files, calls } = counted(plainHost(ON_DISK).files);
  const big = "file:///project/big.inputs.yaml";
  const { aside, client, named } = await opened(plainHost({}, { files }), {
    large: big,
    text: BIG,
  });
  client.notify("textDocument/didChange", {
    textDocument: { uri: DEEP, version: 2 },
    contentChanges: [{ text: `${SMALL}# more\n` }],
  });
  client.notify("textDocument/didSave", { textDocument: { uri: DEEP } });
  while (client.shown.get(big) === undefined) {
    const textDocument = { uri: big };
    await client.request("textDocument/documentSymbol", { textDocument });
  }
  const ofDeep = () => calls.filter((each) => each.includes("/deep/")).length;
  assert.equal(ofDeep(), 0, calls.join());
  assert.equal((await named()).length, 3);
  assert.ok(ofDeep() > 0);
  assert.deepEqual(
    aside.told.flatMap(({ method, params }) =>
      method === "textDocument/publishDiagnostics" ? params?.uri : []
    ).filter((uri) => uri !== big),
    [],
  );
  assert.equal(await client.stop(), 0);
});

/** A client that has a large document open, and a small one in another folder; the host is that of servers aside. */
async function opened(host: Host, { large, text }: {
  readonly large: string;
  readonly text: string;
}) {
  const aside = serversAside(host);
  const client = await directClient(
    plainHost(ON_DISK),
    CAPABILITIES,
    { aside: aside.start },
  );
  const open = (uri: string, text: string) => {
    const textDocument = { uri, languageId: "yaml", version: 1, text };
    client.notify("textDocument/didOpen", { textDocument });
  };
  open(large, text);
  open(DEEP, SMALL);
  const position = {
    line: 1,
    character: SMALL.split("\n")[1]?.indexOf("photo"),
  };
  const place = { textDocument: { uri: DEEP }, position };
  const named = async () => {
    const context = { includeDeclaration: true };
    const params = { ...place, context };
    const found = await client.request("textDocument/references", params);
    return (found as Location[])
      .map(({ uri, range }) => `${uri}:${range.start.line}`).sort();
  };
  return { aside, client, open, place, named };
}

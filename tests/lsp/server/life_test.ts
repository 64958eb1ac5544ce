import assert from "node:assert/strict";
import {
  HOME,
  SERVER,
  serverWith,
  startedClient,
  WireClient,
  WireError,
} from "./wire_client.ts";

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

Deno.test("lsp takes null for everything that a client may say at first", async () => {
  await using client = new WireClient();
  await client.request("initialize", {
    processId: null,
    clientInfo: null,
    locale: null,
    rootPath: null,
    rootUri: null,
    initializationOptions: null,
    capabilities: { workspace: null, textDocument: null, window: null },
    trace: null,
    workspaceFolders: null,
  });
  client.notify("initialized");
  client.open(NAME, TYPO);
  assert.equal((await client.findings(NAME)).diagnostics.length, 1);
  assert.equal(await client.stop(), 0);
});

Deno.test("lsp ends with 1 when exit comes without shutdown", async () => {
  await using client = await startedClient();
  client.notify("exit");
  assert.equal(await client.ended(), 1);
});

Deno.test("lsp ends when its input ends: with 1, and with 0 after shutdown", async () => {
  for (const [shutdown, code] of [[false, 1], [true, 0]] as const) {
    await using client = await startedClient();
    if (shutdown) await client.request("shutdown");
    await client.hangUp();
    assert.equal(await client.ended(), code);
  }
});

Deno.test("lsp ends when the editor that started it is killed", async () => {
  const editor = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-run",
      new URL("./editor_that_is_killed.ts", import.meta.url).pathname,
      ...SERVER,
    ],
    stdout: "piped",
  }).spawn();
  const reader = editor.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const server = Number((await reader.read()).value);
  editor.kill("SIGKILL");
  await editor.status;
  await reader.cancel();
  // Fails by never ending; how long it takes is for the bench to say.
  while (isRunning(server)) await sleep(20);
});

Deno.test("lsp outlives its start by far when the editor tells its process", async () => {
  await using client = await startedClient({
    initialize: { processId: Deno.pid },
  });
  await sleep(7_500);
  client.open(NAME, TYPO);
  assert.equal((await client.findings(NAME)).diagnostics.length, 1);
  assert.equal(await client.stop(), 0);
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

Deno.test("lsp goes on after notifications and frames that make no sense", async () => {
  await using client = await startedClient();
  client.notify("textDocument/didOpen", null);
  client.notify("textDocument/didChange", { textDocument: null });
  client.notify("textDocument/didClose", {});
  client.notify("$/cancelRequest", null);
  client.notify("$/setTrace", null);
  client.notify("no/such", { x: 1 });
  client.notify("workspace/didChangeWorkspaceFolders", {});
  client.notify("workspace/didChangeConfiguration", null);
  client.notify("workspace/didChangeWatchedFiles", { changes: null });
  for (const uri of [5, null, {}, "", "file:", "file:///%zz/inputs.yaml"]) {
    client.notify("textDocument/didOpen", {
      textDocument: { uri, languageId: null, version: "x", text: TYPO },
    });
  }
  client.notify("textDocument/didChange", {
    textDocument: { uri: "", version: null },
    contentChanges: [{ text: 5 }],
  });
  client.notify("textDocument/didSave", {});
  client.raw("Content-Length: 7\r\n\r\n{broken");
  client.raw("Content-Length: 2\r\n\r\n17");
  client.open(NAME, TYPO);
  assert.equal((await client.findings(NAME)).diagnostics.length, 1);
  assert.equal(await client.stop(), 0);
});

Deno.test("lsp answers -32800 to what is cancelled, whether it was begun or not", async () => {
  await using client = await startedClient();
  client.open(NAME, TYPO);
  await client.findings(NAME);
  const params = { textDocument: { uri: NAME } };
  const asked = Array.from(
    { length: 20 },
    () => client.begin("textDocument/documentSymbol", params),
  );
  for (const { id } of asked) client.notify("$/cancelRequest", { id });
  const codes = await Promise.all(
    asked.map(({ result }) => result.then(() => 0, ({ code }) => code)),
  );
  assert.ok(codes.includes(-32800), codes.join());
  assert.deepEqual(codes.filter((code) => code !== 0 && code !== -32800), []);
});

Deno.test("lsp ends at SIGTERM, as every command does", async () => {
  await using client = await startedClient();
  client.process.kill("SIGTERM");
  assert.equal(await client.ended(), 143);
});

Deno.test("lsp runs with everything granted, and with -P", async () => {
  for (const flag of ["-A", "-P"]) {
    await using client = await startedClient({
      command: [...serverWith([flag]), "--stdio"],
      cwd: HOME,
    });
    client.open(NAME, TYPO);
    assert.equal((await client.findings(NAME)).diagnostics.length, 1);
    assert.equal(await client.stop(), 0);
  }
});

Deno.test("lsp runs with all denied but reading, and links each finding to its explanation", async () => {
  const denied = ["env", "net", "run", "sys", "ffi", "write", "import"];
  await using client = await startedClient({
    command: SERVER.flatMap((word) =>
      word === "--no-prompt"
        ? [word, ...denied.map((name) => `--deny-${name}`)]
        : [word]
    ),
    capabilities: {
      textDocument: { publishDiagnostics: { codeDescriptionSupport: true } },
    },
  });
  client.open(NAME, TYPO);
  const { diagnostics: [found] } = await client.findings(NAME);
  const { href = "" } = found?.codeDescription ?? {};
  const [page = "", anchor] = href.split("#");
  const headings = Deno.readTextFileSync(new URL(page)).split("\n")
    .filter((line) => line.startsWith("#"))
    .map((line) => line.replace(/^#+ */, "").toLowerCase());
  assert.ok(headings.includes(String(anchor)), href);
  assert.equal(await client.stop(), 0);
  assert.equal(await client.stderr, "");
});

function isRunning(pid: number): boolean {
  try {
    Deno.kill(pid, "SIGCONT");
    return true;
  } catch {
    return false;
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

import assert from "node:assert/strict";
import type { RegistrationParams } from "vscode-languageserver";
import { codesBecome, entryText, inProject } from "./project_client.ts";

const FILES = {
  "shelf/demo/word/1/registry.yaml": entryText("demo/word@1", ["one", "two"]),
  "shelf/demo/word/1/handler.ts": "",
  "inputs.yaml": "schema: v1\n$processor: demo/word@1\nparams: {word: three}\n",
  "broken.inputs.yaml": "schema: v1\nparams: {\n",
};

/** Without the setting nobody knows the processor. */
const UNKNOWN = ["ERR_REF_UNKNOWN"];
const KNOWN = ["ERR_VALUE"];

Deno.test("lsp takes the settings that a client tells, with the name of the section and without", async () => {
  await inProject(FILES, async ({ client, open }) => {
    const uri = open("inputs.yaml");
    await codesBecome(client, uri, UNKNOWN);
    const tell = (settings: unknown) =>
      client.notify("workspace/didChangeConfiguration", { settings });
    tell({ theoryctl: { registry: ["shelf"] } });
    await codesBecome(client, uri, KNOWN);
    tell({ registry: [] });
    await codesBecome(client, uri, UNKNOWN);
    tell({ registry: ["shelf", 7, "gone"], syntax: null });
    await codesBecome(client, uri, KNOWN);
    tell(null);
    await codesBecome(client, uri, UNKNOWN);
  });
});

Deno.test("lsp asks a client for its settings, at first and when they change", async () => {
  let registry = ["shelf"];
  const asked: unknown[] = [];
  await inProject(FILES, async ({ client, open }) => {
    client.answers.set("workspace/configuration", (params) => {
      asked.push(params);
      return [{ registry }];
    });
    const uri = open("inputs.yaml");
    await codesBecome(client, uri, KNOWN);
    registry = [];
    client.notify("workspace/didChangeConfiguration", { settings: null });
    await codesBecome(client, uri, UNKNOWN);
    assert.deepEqual(asked[0], { items: [{ section: "theoryctl" }] });
    assert.equal(asked.length, 2);
  }, { capabilities: { workspace: { configuration: true } } });
});

Deno.test("lsp leaves syntax errors to another server where the settings say so", async () => {
  await inProject(FILES, async ({ client, open }) => {
    const uri = open("broken.inputs.yaml");
    await codesBecome(client, uri, ["ERR_SYNTAX"]);
    const settings = { theoryctl: { syntax: false } };
    client.notify("workspace/didChangeConfiguration", { settings });
    await codesBecome(client, uri, []);
  });
});

Deno.test("lsp asks to be told of files and settings, if the client lets itself be asked", async () => {
  const dynamicRegistration = true;
  await inProject(FILES, async ({ client, open }) => {
    const uri = open("inputs.yaml");
    await client.findings(uri);
    const asked = client.received.filter(({ method }) =>
      method === "client/registerCapability"
    );
    const { registrations } = asked[0]?.params as RegistrationParams;
    assert.deepEqual(
      registrations.map(({ method, registerOptions }) => [
        method,
        registerOptions,
      ]),
      [
        ["workspace/didChangeWatchedFiles", {
          watchers: [{ globPattern: "**/*" }],
        }],
        ["workspace/didChangeConfiguration", { section: "theoryctl" }],
      ],
    );
  }, {
    capabilities: {
      workspace: {
        didChangeWatchedFiles: { dynamicRegistration },
        didChangeConfiguration: { dynamicRegistration },
      },
    },
  });
});

Deno.test("lsp asks a client that says nothing of itself for nothing", async () => {
  await inProject(FILES, async ({ client, open }) => {
    await client.findings(open("inputs.yaml"));
    client.notify("workspace/didChangeWatchedFiles", { changes: [] });
    await client.request("textDocument/documentSymbol", {
      textDocument: { uri: "file:///none.json" },
    });
    const methods = new Set(client.received.map(({ method }) => method));
    assert.deepEqual([...methods], ["textDocument/publishDiagnostics"]);
  });
});

Deno.test("lsp asks a client that can to ask again when something around its documents changed", async () => {
  const refreshSupport = true;
  const workspace = {
    diagnostics: { refreshSupport },
    codeLens: { refreshSupport },
    inlayHint: { refreshSupport },
  };
  await inProject(FILES, async ({ client }) => {
    client.notify("workspace/didChangeWatchedFiles", { changes: [] });
    const refreshed = () =>
      client.received.map(({ method }) => method)
        .filter((method) => method.endsWith("/refresh")).sort();
    while (refreshed().length < 3) await client.another();
    assert.deepEqual(refreshed(), [
      "workspace/codeLens/refresh",
      "workspace/diagnostic/refresh",
      "workspace/inlayHint/refresh",
    ]);
  }, { capabilities: { workspace } });
});

Deno.test("lsp tells how it is doing as much as a client asks for, from the start and later", async () => {
  for (const trace of ["off", "messages", "verbose"] as const) {
    await inProject(FILES, async ({ client, uri }) => {
      const logged = () =>
        client.received.filter(({ method }) => method === "$/logTrace")
          .map(({ params }) => params as { readonly verbose?: string });
      const ask = () =>
        client.request("textDocument/hover", {
          textDocument: { uri: uri("none.json") },
          position: { line: 0, character: 0 },
        });
      await ask();
      assert.equal(logged().length > 0, trace !== "off");
      const verbose = logged().some((each) => each.verbose !== undefined);
      assert.equal(verbose, trace === "verbose");
      const other = trace === "off" ? "messages" : "off";
      client.notify("$/setTrace", { value: other });
      await ask();
      const before = logged().length;
      await ask();
      assert.equal(logged().length > before, other === "messages");
    }, { initialize: { trace } });
  }
});

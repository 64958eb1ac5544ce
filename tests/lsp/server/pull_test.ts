import assert from "node:assert/strict";
import type {
  Diagnostic,
  WorkspaceDiagnosticReport,
} from "vscode-languageserver";
import { inProject, type Project, pulled } from "./project_client.ts";

const RIGHT =
  "schema: v1\n$processor: llm/litellm@1\nparams: {messages: [{role: user, content: Hello}]}\n";
const WRONG = RIGHT.replace("v1", "v2");

/** A client that asks for findings. */
const PULLING = {
  capabilities: {
    textDocument: { diagnostic: {} },
    workspace: { diagnostics: { refreshSupport: true } },
  },
};

Deno.test("lsp answers what a client pulls: in full, unchanged by its id, in full again after an edit", async () => {
  await inProject({ "inputs.yaml": WRONG }, async (project) => {
    const { client } = project;
    const uri = project.open("inputs.yaml");
    const first = await pulled(project, uri);
    assert.ok(first.kind === "full" && first.resultId !== undefined);
    assert.deepEqual(codes(first.items), ["ERR_SCHEMA_VERSION"]);
    assert.deepEqual(await pulled(project, uri, first.resultId), {
      kind: "unchanged",
      resultId: first.resultId,
    });
    client.change(uri, 2, RIGHT);
    const second = await pulled(project, uri, first.resultId);
    assert.ok(second.kind === "full");
    assert.deepEqual(second.items, []);
    assert.notEqual(second.resultId, first.resultId);
    client.change(uri, 3, WRONG);
    const third = await pulled(project, uri, second.resultId);
    assert.ok(third.kind === "full");
    assert.deepEqual(third.items, first.items);
    assert.deepEqual(client.published, []);
  }, PULLING);
});

Deno.test("lsp answers to pulls about what is none of ours, or not open, that there is nothing", async () => {
  await inProject(
    { "package.json": "{", "inputs.yaml": WRONG },
    async (all) => {
      const other = all.open("package.json");
      for (const uri of [other, all.uri("inputs.yaml"), "file:///none.yaml"]) {
        const report = await pulled(all, uri);
        assert.ok(report.kind === "full");
        assert.deepEqual(report.items, []);
      }
    },
    PULLING,
  );
});

Deno.test("lsp tells a client that cannot pull of its own accord, with the version", async () => {
  await inProject({ "inputs.yaml": WRONG }, async ({ client, open }) => {
    const uri = open("inputs.yaml");
    assert.equal((await client.findings(uri)).version, 1);
    client.change(uri, 7, RIGHT);
    assert.deepEqual((await client.findings(uri, 7)).diagnostics, []);
  });
});

Deno.test("lsp tells a client that would not ask again when something around a document changes", async () => {
  const options = { capabilities: { textDocument: { diagnostic: {} } } };
  await inProject({ "inputs.yaml": "params: {" }, async ({ client, open }) => {
    assert.equal(client.capabilities.diagnosticProvider, undefined);
    const uri = open("inputs.yaml");
    const { diagnostics } = await client.findings(uri);
    assert.ok(diagnostics.some(({ code }) => code === "ERR_SYNTAX"));
    const settings = { theoryctl: { syntax: false } };
    client.notify("workspace/didChangeConfiguration", { settings });
    const isTold = () =>
      client.published.at(-1)?.diagnostics
        .every(({ code }) => code !== "ERR_SYNTAX");
    while (!isTold()) await client.another();
  }, options);
});

const FILES = {
  "a/inputs.yaml": WRONG,
  "b/inputs.json": '{"schema": "v1", "params": []}',
  "b/right.inputs.yaml": RIGHT,
  "b/package.json": "{",
  ".hidden/inputs.yaml": WRONG,
  "node_modules/x/inputs.yaml": WRONG,
  "theory.yaml": "inputs: 3\n",
};

Deno.test("lsp tells a client that asks about the workspace of every document in it, open or not", async () => {
  await inProject(FILES, async ({ client, dir, open }) => {
    const uri = open("a/inputs.yaml");
    const { items } = await workspace(client, []);
    const found = new Map(items.map((each) => [
      each.uri.slice(`file://${dir}/`.length),
      each.kind === "full" ? codes(each.items) : each.kind,
    ]));
    assert.deepEqual(Object.fromEntries(found), {
      "a/inputs.yaml": ["ERR_SCHEMA_VERSION"],
      "theory.yaml": ["ERR_VALUE_TYPE"],
      "b/inputs.json": ["ERR_VALUE_TYPE"],
      "b/right.inputs.yaml": [],
    });
    const versions = items.map(({ uri, version }) => [uri, version]);
    for (const [each, version] of versions) {
      assert.equal(version, each === uri ? 1 : null, String(each));
    }
  }, PULLING);
});

Deno.test("lsp answers a client that knows the workspace when there is news, and then what is new alone", async () => {
  await inProject(FILES, async ({ client, dir, uri, open }) => {
    const opened = open("a/inputs.yaml");
    const first = await workspace(client, []);
    const known = first.items.map(({ uri, resultId = "" }) => ({
      uri,
      value: resultId,
    }));
    const waiting = workspace(client, [
      ...known,
      { uri: uri("gone.inputs.yaml"), value: "0" },
    ]);
    // Everything before this was looked at: the answer waits.
    await client.request("textDocument/documentSymbol", {
      textDocument: { uri: opened },
    });
    client.change(opened, 2, RIGHT);
    const { items } = await waiting;
    const kinds = new Map(items.map((each) => [
      each.uri.slice(`file://${dir}/`.length),
      each.kind === "full" ? codes(each.items) : each.kind,
    ]));
    assert.deepEqual(Object.fromEntries(kinds), {
      "a/inputs.yaml": [],
      "theory.yaml": "unchanged",
      "b/inputs.json": "unchanged",
      "b/right.inputs.yaml": "unchanged",
      "gone.inputs.yaml": [],
    });
  }, PULLING);
});

Deno.test("lsp answers at once about what happened between two questions about the workspace", async () => {
  await inProject(FILES, async ({ client, open }) => {
    const opened = open("a/inputs.yaml");
    const { items } = await workspace(client, []);
    client.change(opened, 2, RIGHT);
    await client.request("textDocument/documentSymbol", {
      textDocument: { uri: opened },
    });
    const known = items.map(({ uri, resultId = "" }) => ({
      uri,
      value: resultId,
    }));
    const later = await workspace(client, known);
    const news = later.items.filter(({ kind }) => kind === "full");
    assert.deepEqual(news.map(({ uri }) => uri), [opened]);
  }, PULLING);
});

Deno.test("lsp tells of closed documents as they are in their files now, also to clients that watch none", async () => {
  for (const dynamicRegistration of [false, true]) {
    const didChangeWatchedFiles = { dynamicRegistration };
    await inProject(FILES, async ({ client, uri, write, open }) => {
      const found = async () => {
        const { items } = await workspace(client, []);
        const each = items.find((item) => item.uri === uri("a/inputs.yaml"));
        return each?.kind === "full" ? codes(each.items) : each?.kind;
      };
      assert.deepEqual(await found(), ["ERR_SCHEMA_VERSION"]);
      const opened = open("a/inputs.yaml");
      client.change(opened, 2, RIGHT);
      assert.deepEqual(await found(), []);
      const textDocument = { uri: opened };
      client.notify("textDocument/didClose", { textDocument });
      assert.deepEqual(await found(), ["ERR_SCHEMA_VERSION"]);
      write("a/inputs.yaml", RIGHT);
      if (dynamicRegistration) {
        client.notify("workspace/didChangeWatchedFiles", {
          changes: [{ uri: opened, type: 2 }],
        });
      }
      assert.deepEqual(await found(), []);
    }, {
      capabilities: {
        ...PULLING.capabilities,
        workspace: { didChangeWatchedFiles },
      },
    });
  }
});

Deno.test("lsp answers -32800 to a question about the workspace that is no longer wanted", async () => {
  await inProject(FILES, async ({ client, uri }) => {
    const params = {
      previousResultIds: [{ uri: uri("theory.yaml"), value: "1" }],
    };
    // One alone may be answered before the server hears that it is not wanted.
    const asked = Array.from(
      { length: 50 },
      () => client.begin("workspace/diagnostic", params),
    );
    for (const { id } of asked) client.notify("$/cancelRequest", { id });
    const answers = await Promise.allSettled(asked.map(({ result }) => result));
    const last = answers.at(-1);
    assert.ok(last?.status === "rejected");
    assert.equal(last.reason.code, -32800);
  }, PULLING);
});

function workspace(
  client: Project["client"],
  previousResultIds: readonly {
    readonly uri: string;
    readonly value: string;
  }[],
): Promise<WorkspaceDiagnosticReport> {
  return client.request("workspace/diagnostic", {
    identifier: "theoryctl",
    previousResultIds,
  });
}

function codes(items: readonly Diagnostic[]): readonly string[] {
  return items.map(({ code }) => String(code));
}

import assert from "node:assert/strict";
import type { Command } from "vscode-languageserver";
import type { Resolved } from "../../../lsp/resolved.ts";
import type { DiagnosticData } from "../../../lsp/server/to_lsp.ts";
import type { Status } from "../../../lsp/features/status.ts";
import { theory } from "../../cli/theory.ts";
import { entryText, inProject, type Project } from "./project_client.ts";
import { SERVER } from "./wire_client.ts";

/** A key of the shape that a service gives out. */
const SECRET = `sk-${"a1B2c3D4".repeat(4)}`;

const DOCUMENTS = {
  "a.inputs.json": `{
  "schema": "v1",
  "$attachments": {"photo": "p.png"},
  "params": {"word": "one", "file": {"$attach": "photo"}}
}`,
  "a.inputs.jsonc":
    '{"schema": "v1", /* here */ "$attachments": {"photo": "p.png"}, "params": {"word": "one", "file": {"$attach": "photo"},}}',
  "a.inputs.yaml":
    "schema: v1\n$attachments: {photo: p.png}\nparams: {word: one, file: {$attach: photo}}\n",
};

const FILES = {
  ...DOCUMENTS,
  "p.png": "png",
  "theory.yaml":
    "registry: [shelf]\ninputs:\n  - {files: '*', ref: demo/word@1}\n",
  "shelf/demo/word/1/registry.yaml": entryText("demo/word@1", ["one", "two"]),
  "shelf/demo/word/1/handler.ts": "",
  "shelf/demo/word/1/inputs.yaml": "schema: v1\nparams: {word: three}\n",
  "secret.inputs.yaml":
    `schema: v1\nparams:\n  word: ${SECRET}\n  ${SECRET}: 1\n  deep: [{key: "Bearer ${SECRET}"}]\n`,
  "own.inputs.yaml": "schema: v1\n$processor: no/such@1\nparams: {}\n",
  "first.inputs.yaml":
    "# processor: llm/litellm@1\nschema: v1\nparams: {messages: []}\n",
  "package.json": "{}",
};

for (const name of Object.keys(DOCUMENTS)) {
  Deno.test(`theory/resolved answers the payload of ${name} exactly as it will be sent`, async () => {
    await inProject(FILES, async (project) => {
      const resolved = await resolvedOf(project, name);
      const put = await theory(["artifacts", "put", "p.png"], {
        cwd: project.dir,
      });
      const $artifact = put.stdout.trim();
      const [cid = ""] = /b3:[0-9a-f]{64}/.exec($artifact) ?? [];
      assert.deepEqual(JSON.parse(resolved?.text ?? ""), {
        schema: "v1",
        params: {
          word: "one",
          file: { $artifact, cid, mime: "image/png" },
        },
      });
      assert.equal(resolved?.ref, "demo/word@1");
      assert.equal(resolved?.mode, "mock");
      assert.deepEqual(resolved?.notes, []);
    });
  });
}

Deno.test("theory/resolved covers secrets, in keys and values, and says so", async () => {
  await inProject(FILES, async (project) => {
    const resolved = await resolvedOf(project, "secret.inputs.yaml");
    const said = JSON.stringify(resolved);
    assert.ok(said.includes("Bearer"), said);
    assert.ok(!said.includes(SECRET), said);
    assert.ok(
      resolved?.notes.includes("What looks like a secret is covered here"),
    );
    for (const { diagnostics } of project.client.published) {
      for (const { message } of diagnostics) {
        assert.ok(!String(message).includes(SECRET), String(message));
      }
    }
  });
});

/** A processor that writes down what it is given. */
const ECHO = {
  "shelf/demo/word/1/registry.yaml": entryText("demo/word@1", ["one", "two"])
    .replace("outputs: []", "outputs: [{path: params.json}]"),
  "shelf/demo/word/1/handler.ts":
    'export const handle = (run) => run.write("params.json", JSON.stringify(run.params));\n',
};

Deno.test("theory/resolved answers what a run gives to its processor", async () => {
  await inProject({ ...FILES, ...ECHO }, async (project) => {
    for (const name of Object.keys(DOCUMENTS)) {
      const resolved = await resolvedOf(project, name);
      const run = ["localctl", "run", "--mode", "mock", "--inputs-file", name];
      const { code, stderr } = await theory(
        [...run, "--save-first", `${name}.given`],
        { cwd: project.dir },
      );
      assert.equal(code, 0, stderr);
      const given = Deno.readTextFileSync(`${project.dir}/${name}.given`);
      assert.deepEqual(
        JSON.parse(given),
        JSON.parse(resolved?.text ?? "").params,
      );
    }
  });
});

/** A secret wherever something can stand, right and wrong. */
const SECRETIVE = {
  "wrong.inputs.yaml":
    `# processor: ${SECRET}\n# attach: ${SECRET}=${SECRET}.png\nschema: ${SECRET}\nmode: ${SECRET}\n$processor: ${SECRET}\n$attachments: {${SECRET}: ${SECRET}.png, x: ${SECRET}}\nparams:\n  ${SECRET}: 1\n  ${SECRET}: 2\n  n: !${SECRET} 5\n  q: *${SECRET}\n  file: {$attach: ${SECRET}, ${SECRET}: 1}\n  art: {$artifact: ${SECRET}, cid: ${SECRET}, mime: ${SECRET}}\n`,
  "wrong.inputs.json":
    `{"schema": "${SECRET}", "mode": "${SECRET}", "$processor": "${SECRET}", "${SECRET}": 1, "${SECRET}": 2, "$attachments": {"${SECRET}": "${SECRET}.png"}, "params": {"word": "${SECRET}", "${SECRET}": {"$attach": "${SECRET}"}, a: ${SECRET}, 'k': '${SECRET}'}}`,
  "right.inputs.yaml":
    `schema: v1\n$processor: demo/word@1\nparams:\n  word: ${SECRET}\n  ${SECRET}: {$attach: ${SECRET}}\n`,
  "shelf/demo/other/1/registry.yaml":
    `ref: ${SECRET}\nhandler: ${SECRET}\nimage: {oci: ${SECRET}}\n${SECRET}: 1\ninputs: {$schema: ${SECRET}, type: ${SECRET}, required: [${SECRET}], properties: {a: {$ref: '#/${SECRET}', pattern: '(${SECRET}'}}}\noutputs: [{path: ${SECRET}}]\n`,
  "theory.yaml":
    `registry: [${SECRET}, shelf]\n${SECRET}: 1\ninputs: [{files: '${SECRET}', ref: ${SECRET}, attach: {${SECRET}: ${SECRET}}}]\ndefaults: {mode: ${SECRET}, ${SECRET}: 1}\n`,
};

Deno.test("lsp says no secret, wherever it stands in a document", async () => {
  await inProject({ ...FILES, ...SECRETIVE }, async (project) => {
    const { client, open, uri } = project;
    for (const name of Object.keys(SECRETIVE)) {
      const { diagnostics } = await client.findings(open(name));
      assert.ok(diagnostics.length > 1, name);
      const said = diagnostics.flatMap(({ message, data }) => {
        const { pointer, expected = "", fixes = [] }: DiagnosticData = data;
        return [message, pointer, expected, ...fixes.map(({ title }) => title)];
      });
      const resolved = await resolvedOf(project, name);
      const textDocument = { uri: uri(name) };
      const range = {
        start: { line: 0, character: 0 },
        end: { line: 99, character: 0 },
      };
      const actions = await client.request<readonly Command[]>(
        "textDocument/codeAction",
        { textDocument, range, context: { diagnostics } },
      );
      said.push(JSON.stringify(resolved), ...actions.map((one) => one.title));
      for (const each of said.map(String)) {
        assert.ok(!each.includes(SECRET), each);
      }
    }
  });
});

Deno.test("theory/resolved answers null about what is no inputs document", async () => {
  await inProject(FILES, async (project) => {
    for (const name of ["theory.yaml", "package.json"]) {
      assert.equal(await resolvedOf(project, name), null);
    }
  });
});

Deno.test("the payload is a read-only document for clients that read those of servers", async () => {
  const capabilities = {
    workspace: { textDocumentContent: {} },
    window: { showDocument: { support: true } },
  };
  await inProject(FILES, async (project) => {
    const { client, open } = project;
    const shown: string[] = [];
    client.answers.set("window/showDocument", ({ uri }: never) => {
      shown.push(uri);
      return { success: true };
    });
    const uri = open("a.inputs.yaml");
    await client.request("workspace/executeCommand", {
      command: "theoryctl.resolved",
      arguments: [{ uri }],
    });
    const [address = ""] = shown;
    const { textDocumentContent } = client.capabilities.workspace ?? {};
    assert.deepEqual(textDocumentContent, { schemes: ["theory-resolved"] });
    assert.match(address, /^theory-resolved:/);
    const { text } = await client.request<{ text: string }>(
      "workspace/textDocumentContent",
      { uri: address },
    );
    assert.match(text, /^\/\/ The payload as it will be sent to demo\/word@1/);
    const resolved = await resolvedOf(project, "a.inputs.yaml");
    assert.ok(text.endsWith(resolved?.text ?? "none"), text);
  }, { capabilities });
});

Deno.test("theory/status says who names the processor, whether it is known, and how many findings there are", async () => {
  await inProject(FILES, async (project) => {
    const at = (name: string) => `${project.dir}/${name}`;
    const none = { error: 0, warning: 0, info: 0, hint: 0 };
    const rows: readonly (readonly [string, Partial<Status> | null])[] = [
      ["a.inputs.json", {
        kind: "inputs",
        ref: "demo/word@1",
        from: "settings",
        file: at("theory.yaml"),
        known: true,
        findings: none,
      }],
      ["shelf/demo/word/1/inputs.yaml", {
        kind: "inputs",
        ref: "demo/word@1",
        from: "nearest entry",
        file: at("shelf/demo/word/1/registry.yaml"),
        known: true,
        findings: { ...none, error: 1 },
      }],
      ["own.inputs.yaml", {
        kind: "inputs",
        ref: "no/such@1",
        from: "document",
        known: false,
        findings: { ...none, error: 1 },
      }],
      ["first.inputs.yaml", {
        kind: "inputs",
        ref: "llm/litellm@1",
        from: "modeline",
        known: true,
        findings: { ...none, error: 1 },
      }],
      ["shelf/demo/word/1/registry.yaml", {
        kind: "entry",
        ref: "demo/word@1",
        known: true,
        findings: none,
      }],
      ["theory.yaml", { kind: "config", known: false, findings: none }],
      ["package.json", null],
    ];
    for (const [name, expected] of rows) {
      const status = await statusOf(project, name);
      if (expected === null) assert.equal(status, null);
      else {
        const { permissions = [], canRun, ...rest } = status ?? {};
        assert.deepEqual(rest, expected, name);
        assert.equal(canRun, false);
        assert.ok(permissions.every((each) => /^--allow-read/.test(each)));
        assert.ok(permissions.length > 0);
      }
    }
  });
});

Deno.test("theory/status says that documents can be run where Deno may be", async () => {
  const command = SERVER.flatMap((word) =>
    word === "--no-prompt" ? [word, "--allow-run=deno"] : [word]
  );
  await inProject(FILES, async (project) => {
    const { canRun, permissions } = await statusOf(project, "a.inputs.yaml") ??
      {};
    assert.equal(canRun, true);
    assert.ok(permissions?.includes("--allow-run=deno"), `${permissions}`);
  }, { command });
});

async function resolvedOf(
  { client, open }: Project,
  name: string,
): Promise<Resolved | null> {
  const textDocument = { uri: open(name) };
  return await client.request("theory/resolved", { textDocument });
}

async function statusOf(
  { client, open }: Project,
  name: string,
): Promise<Status | null> {
  const textDocument = { uri: open(name) };
  return await client.request("theory/status", { textDocument });
}

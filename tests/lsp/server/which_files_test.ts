import assert from "node:assert/strict";
import type { CodeAction, CodeLens } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Status } from "../../../lsp/features/status.ts";
import { plainHost } from "../plain_host.ts";
import { counted } from "./counted_files.ts";
import { directClient } from "./direct_client.ts";
import { entryText, inProject } from "./project_client.ts";

/** Files that are none of ours, whatever they look like. */
const OTHERS: Readonly<Record<string, string>> = {
  "package.json": '{"name": "x", "params": {}}',
  "tsconfig.json": '{"compilerOptions": {',
  "values.yaml": "schema: v2\nparams: {}\n",
  "workflow.yml": "on: push\njobs: {}\n",
  "registry.json": "{}",
  "openapi.yaml": "schema: v1\npaths:\n  params: {}\n",
  "k8s/registry.yaml": "apiVersion: v1\nkind: Service\n",
  "main.ts": '// processor: llm/litellm@1\nexport {};\n{"schema": "v1"}',
  "notes.md": "schema: v1\nparams: {}\n",
  "broken.json": "{{{{",
  "empty.yaml": "",
  "package-lock.json": JSON.stringify({ name: "x".repeat(100_000) }),
};

/** Requests that an editor makes about any document. */
const ASKED = [
  "documentSymbol",
  "foldingRange",
  "documentLink",
  "codeLens",
  "diagnostic",
  "hover",
  "completion",
  "definition",
];

Deno.test("lsp looks at nothing else when what is opened is none of ours, and says nothing about it", async () => {
  const { files, calls } = counted(plainHost(OTHERS).files);
  const aside = () => assert.fail("Another server is started");
  const host = plainHost({}, { files });
  const client = await directClient(host, {}, { aside });
  for (const [name, text] of Object.entries(OTHERS)) {
    const textDocument = { uri: `file:///project/${name}` };
    client.notify("textDocument/didOpen", {
      textDocument: { ...textDocument, languageId: "any", version: 1, text },
    });
    client.notify("textDocument/didChange", {
      textDocument: { ...textDocument, version: 2 },
      contentChanges: [{ text: `${text} ` }],
    });
    const position = { line: 0, character: 1 };
    for (const each of ASKED) {
      const answer = await client.request(`textDocument/${each}`, {
        textDocument,
        position,
      });
      const nothing = answer === null || JSON.stringify(answer) === "[]" ||
        JSON.stringify(answer).includes('"items":[]');
      assert.ok(nothing, `${name} ${each}: ${JSON.stringify(answer)}`);
    }
  }
  assert.deepEqual([...client.shown], []);
  assert.equal(calls.length, 0, calls.join());
  // That it counts at all.
  client.notify("textDocument/didOpen", {
    textDocument: {
      uri: "file:///project/inputs.yaml",
      languageId: "yaml",
      version: 1,
      text: "params: {}\n",
    },
  });
  assert.equal(await client.stop(), 0);
  assert.ok(calls.includes("text /project/theory.yaml"), calls.join());
});

const BODY = {
  yaml: "schema: v1\nparams: {word: one}\n",
  json: '{"schema": "v1", "params": {"word": "one"}}\n',
  jsonc: '// a comment\n{"schema": "v1", "params": {"word": "one"},}\n',
};

const LITERALS = {
  capabilities: {
    textDocument: {
      codeAction: {
        codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
      },
    },
  },
};

const SHELF = {
  "shelf/demo/word/1/registry.yaml": entryText("demo/word@1", ["one"]),
  "shelf/demo/word/1/handler.ts": "",
  "shelf/demo/other/1/registry.yaml": entryText("demo/other@1", ["two"]),
  "shelf/demo/other/1/handler.ts": "",
};

for (const [language, text] of Object.entries(BODY)) {
  Deno.test(`lsp recognises inputs in ${language} by name and by what they say, and finds their processor in each of the ways`, async () => {
    const own = language === "yaml"
      ? `$processor: demo/other@1\n${text}`
      : text.replace("{", '{"$processor": "demo/other@1", ');
    const files = {
      ...SHELF,
      "theory.yaml":
        `registry: [shelf]\ninputs:\n  - {files: 'globs/**/*.${language}', ref: demo/word@1}\n`,
      [`alone/any.${language}`]: text,
      [`alone/inputs.${language}`]: text.replace("schema", "skema"),
      [`globs/deep/any.${language}`]: text,
      [`globs/own.${language}`]: own,
      [`shelf/demo/word/1/examples/any.${language}`]: text,
    };
    const expected: Readonly<Record<string, readonly unknown[]>> = {
      [`alone/any.${language}`]: ["none", undefined],
      [`alone/inputs.${language}`]: ["none", undefined],
      [`globs/deep/any.${language}`]: ["settings", "demo/word@1"],
      [`globs/own.${language}`]: ["document", "demo/other@1"],
      [`shelf/demo/word/1/examples/any.${language}`]: [
        ...["nearest entry", "demo/word@1"],
      ],
    };
    await inProject(files, async ({ client, open }) => {
      for (const [name, row] of Object.entries(expected)) {
        const textDocument = { uri: open(name) };
        const status = await client.request<Status | null>("theory/status", {
          textDocument,
        });
        assert.deepEqual([status?.from, status?.ref], row, name);
      }
    });
  });
}

Deno.test("lsp takes the word of a modeline in YAML before that of the settings", async () => {
  const files = {
    ...SHELF,
    "theory.yaml":
      "registry: [shelf]\ninputs:\n  - {files: '*.yaml', ref: demo/word@1}\n",
    "any.yaml": `# processor: demo/other@1\n${BODY.yaml}`,
  };
  await inProject(files, async ({ client, open }) => {
    const textDocument = { uri: open("any.yaml") };
    const { from, ref } = await client.request<Status>("theory/status", {
      textDocument,
    });
    assert.deepEqual([from, ref], ["modeline", "demo/other@1"]);
  });
});

for (const [language, text] of Object.entries(BODY)) {
  Deno.test(`lsp shows what inputs in ${language} are validated as, and sets it on request`, async () => {
    const name = `any.${language}`;
    const files = { ...SHELF, "theory.yaml": "registry: [shelf]\n" };
    await inProject({ ...files, [name]: text }, async ({ client, open }) => {
      const uri = open(name);
      const textDocument = { uri };
      const title = async () => {
        const [lens] = await client.request<CodeLens[]>(
          "textDocument/codeLens",
          { textDocument },
        );
        return lens?.command?.title;
      };
      assert.equal(
        await title(),
        "validated without a processor · no findings",
      );
      const start = { line: 0, character: 0 };
      const actions = await client.request<CodeAction[]>(
        "textDocument/codeAction",
        {
          textDocument,
          range: { start, end: start },
          context: { diagnostics: [], only: ["refactor"] },
        },
      );
      const set = actions.find((each) => each.title.includes("demo/word@1"));
      const document = TextDocument.create(uri, "", 1, text);
      const edits = set?.edit?.changes?.[uri] ?? [];
      client.change(uri, 2, TextDocument.applyEdits(document, edits));
      assert.equal(
        await title(),
        "validated as demo/word@1 (says $processor) · no findings",
      );
    }, LITERALS);
  });
}

const ATTACHING = {
  "a.inputs.yaml":
    "schema: v1\n$processor: demo/word@1\nparams:\n  word: one\n  file: {$attach: photo}\n",
  "a.inputs.json":
    '{\n  "schema": "v1",\n  "$processor": "demo/word@1",\n  "params": {"word": "one", "file": {"$attach": "photo"}}\n}\n',
};

for (const [name, text] of Object.entries(ATTACHING)) {
  Deno.test(`lsp hints at a name that ${name} does not declare, with a fix that declares it`, async () => {
    const files = { ...SHELF, "theory.yaml": "registry: [shelf]\n" };
    await inProject({ ...files, [name]: text, "photo.png": "png" }, async (
      { client, open },
    ) => {
      const uri = open(name);
      const { diagnostics } = await client.findings(uri, 1);
      const [hint, ...others] = diagnostics;
      assert.deepEqual(others, []);
      assert.equal(hint?.code, "HINT_ATTACH_UNDECLARED");
      assert.equal(hint?.severity, 4);
      const actions = await client.request<CodeAction[]>(
        "textDocument/codeAction",
        {
          textDocument: { uri },
          range: hint?.range,
          context: { diagnostics: [hint], only: ["quickfix"] },
        },
      );
      const [fix] = actions;
      const document = TextDocument.create(uri, "", 1, text);
      const edits = fix?.edit?.changes?.[uri] ?? [];
      const fixed = TextDocument.applyEdits(document, edits);
      assert.match(fixed, /\$attachments.*photo.*photo\.png/s);
      client.change(uri, 2, fixed);
      assert.deepEqual((await client.findings(uri, 2)).diagnostics, []);
    }, LITERALS);
  });
}

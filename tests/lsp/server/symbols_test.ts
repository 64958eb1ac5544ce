import assert from "node:assert/strict";
import type { SymbolInformation } from "vscode-languageserver";
import { entryText, inProject, type Project } from "./project_client.ts";

const FILES = {
  "theory.yaml":
    "registry: [shelf]\ninputs:\n  - files: 'b/*.json'\n    ref: demo/word@1\n    attach: {Portrait: me.png}\n",
  "shelf/demo/word/1/registry.yaml": entryText("demo/word@1", ["one"]),
  "shelf/demo/word/1/handler.ts": "",
  "a/inputs.yaml":
    "schema: v1\n$processor: demo/word@1\n$attachments: {photo: p.png}\nparams: {word: one, file: {$attach: photo}}\n",
  "b/inputs.json":
    '{"schema": "v1", "$attachments": {"sound": "s.wav"}, "params": {"word": "one"}}',
  "b/lines.inputs.yaml":
    "# processor: llm/litellm@1\n# attach: page=p.txt\nschema: v1\nparams: {}\n",
  "b/package.json": '{"$processor": 1',
};

const ALL = [
  "Portrait theory.yaml 5:14 file",
  "demo/word@1 a/inputs.yaml 2:13 object",
  "demo/word@1 shelf/demo/word/1/registry.yaml 1:6 class",
  "demo/word@1 theory.yaml 4:10 object",
  "llm/litellm@1 b/lines.inputs.yaml 1:14 object",
  "page b/lines.inputs.yaml 2:11 file",
  "photo a/inputs.yaml 3:16 file",
  "sound b/inputs.json 1:36 file",
];

Deno.test("lsp finds processors and attachments of the workspace by name, open or not", async () => {
  await inProject(FILES, async (project) => {
    assert.equal(project.client.capabilities.workspaceSymbolProvider, true);
    assert.deepEqual(await symbols(project, ""), ALL);
    assert.deepEqual(
      await symbols(project, "DWRD"),
      ALL.filter((each) => each.startsWith("demo/word")),
    );
    assert.deepEqual(await symbols(project, "droW"), []);
    const uri = project.open("a/inputs.yaml");
    project.client.change(uri, 2, "schema: v1\n$processor: demo/other@2\n");
    assert.deepEqual(await symbols(project, "demo/o2"), [
      "demo/other@2 a/inputs.yaml 2:13 object",
    ]);
    assert.deepEqual(await symbols(project, "photo"), []);
  });
});

Deno.test("lsp finds what is in files as they are now, also for clients that watch none", async () => {
  for (const dynamicRegistration of [false, true]) {
    const didChangeWatchedFiles = { dynamicRegistration };
    await inProject(FILES, async (project) => {
      const { client, uri, write } = project;
      assert.deepEqual(await symbols(project, "snd"), ALL.slice(-1));
      write("b/inputs.json", '{"$processor": "demo/sound@3"}');
      if (dynamicRegistration) {
        client.notify("workspace/didChangeWatchedFiles", {
          changes: [{ uri: uri("b/inputs.json"), type: 2 }],
        });
      }
      assert.deepEqual(await symbols(project, "snd"), [
        "demo/sound@3 b/inputs.json 1:17 object",
      ]);
    }, { capabilities: { workspace: { didChangeWatchedFiles } } });
  }
});

Deno.test("lsp outlines a document as a list for clients that show no tree", async () => {
  for (const hierarchicalDocumentSymbolSupport of [false, true]) {
    await inProject(FILES, async ({ client, open }) => {
      const answer = await client.request<
        { name: string; containerName?: string; children?: unknown }[]
      >("textDocument/documentSymbol", {
        textDocument: { uri: open("a/inputs.yaml") },
      });
      const names = answer.map(({ name, containerName = "" }) =>
        `${containerName}/${name}`
      );
      if (hierarchicalDocumentSymbolSupport) {
        assert.equal(names.length, 4);
        assert.ok(answer.every(({ children }) => children !== undefined));
      } else {
        assert.deepEqual(names, [
          "/schema",
          "/$processor",
          "/$attachments",
          "$attachments/photo",
          "/params",
          "params/word",
          "params/file",
          "file/$attach",
        ]);
        assert.ok(answer.every(({ children }) => children === undefined));
      }
    }, {
      capabilities: {
        textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport } },
      },
    });
  }
});

const KINDS: Readonly<Record<number, string>> = {
  1: "file",
  5: "class",
  19: "object",
};

/** As people read them, sorted. */
async function symbols(
  { client, dir }: Project,
  query: string,
): Promise<readonly string[]> {
  const answer = await client.request<SymbolInformation[]>(
    "workspace/symbol",
    { query },
  );
  return answer.map(({ name, kind, containerName, location }) => {
    const { uri, range: { start } } = location;
    assert.equal(uri, `file://${dir}/${containerName}`);
    const at = `${start.line + 1}:${start.character + 1}`;
    return `${name} ${containerName} ${at} ${KINDS[kind]}`;
  }).sort();
}

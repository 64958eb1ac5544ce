import assert from "node:assert/strict";
import type { WorkspaceDiagnosticReport } from "vscode-languageserver";
import {
  codesBecome,
  entryText,
  inProject,
  type Project,
} from "./project_client.ts";

import { startedClient } from "./wire_client.ts";

const DOCUMENT = "schema: v1\n$processor: demo/word@1\nparams: {word: three}\n";
const FILES = {
  "a/theory.yaml": "registry: [shelf]\n",
  "a/shelf/demo/word/1/registry.yaml": entryText("demo/word@1", ["one"]),
  "a/shelf/demo/word/1/handler.ts": "",
  "a/inputs.yaml": DOCUMENT,
  "b/inputs.yaml": DOCUMENT,
  "c/inputs.yaml": DOCUMENT,
};

/** Starts with the folders a and b open. */
function inFolders(use: (project: Project) => Promise<void>): Promise<void> {
  return inProject(FILES, async (project) => {
    changeFolders(project, { added: ["a", "b"], removed: ["."] });
    await use(project);
  });
}

function changeFolders(
  { client, uri, dir }: Project,
  { added = [], removed = [] }: {
    readonly added?: readonly string[];
    readonly removed?: readonly string[];
  },
): void {
  const named = (name: string) => ({
    uri: name === "." ? `file://${dir}` : uri(name),
    name,
  });
  client.notify("workspace/didChangeWorkspaceFolders", {
    event: { added: added.map(named), removed: removed.map(named) },
  });
}

async function documents(
  { client, dir }: Pick<Project, "client" | "dir">,
): Promise<readonly string[]> {
  const { items } = await client.request<WorkspaceDiagnosticReport>(
    "workspace/diagnostic",
    { previousResultIds: [] },
  );
  return items.map(({ uri }) => uri.slice(`file://${dir}/`.length)).sort();
}

const IN_A = [
  "a/inputs.yaml",
  "a/shelf/demo/word/1/registry.yaml",
  "a/theory.yaml",
];

Deno.test("lsp serves several folders, and those that are added and removed later", async () => {
  await inFolders(async (project) => {
    assert.deepEqual(await documents(project), [...IN_A, "b/inputs.yaml"]);
    changeFolders(project, { added: ["c"], removed: ["b"] });
    assert.deepEqual(await documents(project), [...IN_A, "c/inputs.yaml"]);
    changeFolders(project, { removed: ["a", "c"] });
    assert.deepEqual(await documents(project), []);
    // What is open counts wherever it is.
    project.open("b/inputs.yaml");
    assert.deepEqual(await documents(project), ["b/inputs.yaml"]);
  });
});

Deno.test("lsp checks a document of each folder against what is around it there", async () => {
  await inFolders(async (project) => {
    const { client, open } = project;
    const [a, b] = [open("a/inputs.yaml"), open("b/inputs.yaml")];
    await codesBecome(client, a, ["ERR_VALUE"]);
    await codesBecome(client, b, ["ERR_REF_UNKNOWN"]);
  });
});

Deno.test("lsp finds registries of the settings from the first folder, also when that is another one", async () => {
  await inFolders(async (project) => {
    const { client, open } = project;
    const b = open("b/inputs.yaml");
    await codesBecome(client, b, ["ERR_REF_UNKNOWN"]);
    const settings = { theoryctl: { registry: ["shelf"] } };
    client.notify("workspace/didChangeConfiguration", { settings });
    await codesBecome(client, b, ["ERR_VALUE"]);
    changeFolders(project, { removed: ["a"] });
    await codesBecome(client, b, ["ERR_REF_UNKNOWN"]);
  });
});

Deno.test("lsp takes the folder of a client in each way that the protocol has had", async () => {
  const dir = await Deno.realPath(await Deno.makeTempDir());
  Deno.writeTextFileSync(`${dir}/inputs.yaml`, DOCUMENT);
  const uri = `file://${dir}`;
  const ways = [
    { rootUri: null, workspaceFolders: [{ uri, name: "x" }] },
    { rootUri: `${uri}/` },
    { rootUri: null, rootPath: dir },
  ];
  try {
    for (const initialize of ways) {
      await using client = await startedClient({ cwd: dir, initialize });
      assert.deepEqual(await documents({ client, dir }), ["inputs.yaml"]);
      assert.equal(await client.stop(), 0);
    }
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

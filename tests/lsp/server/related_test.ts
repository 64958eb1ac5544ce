import assert from "node:assert/strict";
import type { Diagnostic, Location } from "vscode-languageserver";
import { entryText, inProject, type Project } from "./project_client.ts";

const RELATED = {
  capabilities: {
    textDocument: { publishDiagnostics: { relatedInformation: true } },
  },
};

const SETTINGS = `registry: [processors]
inputs:
  - files: "*.inputs.*"
    ref: demo/word@1
    attach: {photo: gone.png}
`;

const FILES = {
  "theory.yaml": SETTINGS,
  "processors/demo/word/1/registry.yaml": entryText("demo/word@1", [
    ...["one", "two"],
  ]),
  "processors/demo/word/1/handler.ts": "",
};

const DOCUMENTS = {
  "a.inputs.json":
    '{"schema": "v1", "params": {"word": "three", "file": {"$attach": "photo"}}}',
  "a.inputs.yaml":
    "schema: v1\nparams:\n  word: three\n  file: {$attach: photo}\n",
};

for (const [name, text] of Object.entries(DOCUMENTS)) {
  Deno.test(`lsp leads from findings in ${name} to theory.yaml and registry.yaml`, async () => {
    await inProject({ ...FILES, [name]: text }, async (project) => {
      const uri = project.open(name);
      const { diagnostics } = await project.client.findings(uri);
      assert.deepEqual(diagnostics.map((each) => leads(each, project)), [
        [
          "ERR_VALUE",
          "The processor asks for it here: processors/demo/word/1/registry.yaml enum",
        ],
        [
          "ERR_ATTACH_MISSING",
          "It is declared here: theory.yaml photo",
        ],
      ]);
    }, RELATED);
  });
}

Deno.test("lsp leads to other documents as they are in the editor", async () => {
  const name = "a.inputs.yaml";
  const files = { ...FILES, [name]: DOCUMENTS[name] };
  await inProject(files, async ({ client, uri, open }) => {
    const entry = open("processors/demo/word/1/registry.yaml");
    const text = `# one more line\n${FILES[ENTRY]}`;
    client.change(entry, 2, text);
    open(name);
    const { diagnostics } = await client.findings(uri(name));
    const [place] = diagnostics[0]?.relatedInformation ?? [];
    assert.equal(
      place?.location.range.start.line,
      text.split("\n").findIndex((line) => line.includes("word: {enum")),
    );
  }, RELATED);
});

const ENTRY = "processors/demo/word/1/registry.yaml";

Deno.test("lsp leads from $attach to the declaration in the document, and to the rule of an entry in an older form", async () => {
  const files = {
    "theory.yaml": "registry: [processors]\n",
    "processors/demo/old/1/handler.ts": "",
    "processors/demo/old/1/registry.yaml":
      "ref: demo/old@1\nhandler: handler.ts\ninputs:\n  schema:\n    type: object\n    required: [count]\n    properties: {count: {$ref: '#/definitions/small'}}\n    definitions: {small: {type: integer, maximum: 3}}\noutputs: []\n",
    "inputs.yaml": "schema: v1\n$processor: demo/old@1\nparams: {count: 4}\n",
    "photo.png": "png",
    "attached.inputs.yaml":
      "schema: v1\n$processor: demo/old@1\n$attachments: {photo: photo.png}\nparams: {count: {$attach: photo}}\n",
  };
  await inProject(files, async (project) => {
    const uri = project.open("inputs.yaml");
    const { diagnostics } = await project.client.findings(uri);
    assert.deepEqual(diagnostics.map((each) => leads(each, project)), [
      [
        "ERR_VALUE",
        "The processor asks for it here: processors/demo/old/1/registry.yaml maximum",
      ],
    ]);
    const attached = project.open("attached.inputs.yaml");
    const [found, ...others] = (await project.client.findings(attached))
      .diagnostics.map((each) => leads(each, project));
    assert.deepEqual(others, []);
    assert.deepEqual(found, [
      "ERR_ATTACH_NOT_ACCEPTED",
      "It is declared here: attached.inputs.yaml photo",
      "The processor asks for it here: processors/demo/old/1/registry.yaml type",
    ]);
  }, RELATED);
});

Deno.test("lsp says why the entry of a document cannot be used, and forgets it when it can", async () => {
  const broken = "ref: demo/word@1\ninputs: 3\n";
  const files = {
    ...FILES,
    [ENTRY]: broken,
    "inputs.yaml": "schema: v1\n$processor: demo/word@1\nparams: {word: one}\n",
  };
  await inProject(files, async (project) => {
    const { client, write, open } = project;
    const uri = open("inputs.yaml");
    const { diagnostics } = await client.findings(uri);
    const [found, ...others] = diagnostics.map((each) => leads(each, project));
    assert.deepEqual(others, []);
    assert.equal(found?.[0], "ERR_REGISTRY_ENTRY");
    assert.match(
      found?.[1] ?? "",
      /^The first mistake is here: .*registry.yaml/,
    );
    assert.equal(diagnostics[0]?.range.start.line, 1);
    write(ENTRY, FILES[ENTRY] ?? "");
    client.notify("workspace/didChangeWatchedFiles", { changes: [] });
    const fine = () => client.published.at(-1)?.diagnostics.length === 0;
    while (!fine()) await client.another();
  }, RELATED);
});

Deno.test("lsp tells clients that show no related places of none", async () => {
  const name = "a.inputs.yaml";
  const files = { ...FILES, [name]: DOCUMENTS[name] };
  await inProject(files, async ({ client, open }) => {
    const { diagnostics } = await client.findings(open(name));
    assert.equal(diagnostics.length, 2);
    for (const each of diagnostics) {
      assert.equal(each.relatedInformation, undefined);
      assert.equal(each.codeDescription, undefined);
    }
  });
});

/** The code, and where it leads: file and the text there. */
function leads(
  { code, relatedInformation = [] }: Diagnostic,
  { dir }: Project,
): readonly string[] {
  const place = ({ uri, range: { start, end } }: Location) => {
    const path = uri.slice("file://".length);
    const line = Deno.readTextFileSync(path).split("\n")[start.line] ?? "";
    const text = line.slice(start.character, end.character);
    return `${path.slice(dir.length + 1)} ${text}`;
  };
  return [
    String(code),
    ...relatedInformation.map(({ message, location }) =>
      `${message}: ${place(location)}`
    ),
  ];
}

import assert from "node:assert/strict";
import { documentHighlight } from "../../lsp/features/document_highlight.ts";
import { references } from "../../lsp/features/references.ts";
import { openFolder, shown } from "./open_folder.ts";
import { markedView } from "./marked_view.ts";

function found(
  files: Readonly<Record<string, string>>,
  { open, withDeclarations = true }: {
    readonly open?: readonly string[];
    readonly withDeclarations?: boolean;
  } = {},
): readonly string[] {
  const folder = openFolder(files, open);
  const { view, offset } = folder;
  const around = { ...folder, withDeclarations };
  return shown(references(view, offset, around), folder.files);
}

const JSON_TEXT =
  '{"params": {"a": {"$attach": "i|"}, "b": [{"$attach": "i"}, {"$attach": "j"}]},\n "$attachments": {"i": "x", "j": "y"}}';
const YAML_TEXT =
  "# attach: j=y\n$attachments:\n  i: x\nparams:\n  a: {$attach: |i}\n  b:\n    - $attach: 'i'\n    - $attach: j\n";

Deno.test("references() finds uses and declarations in the document", () => {
  const json = { "/project/inputs.json": JSON_TEXT };
  const yaml = { "/project/inputs.yaml": YAML_TEXT };
  assert.deepEqual(found(json), [
    "inputs.json:2:20 i",
    "inputs.json:1:31 i",
    "inputs.json:1:55 i",
  ]);
  assert.deepEqual(found(yaml), [
    "inputs.yaml:3:3 i",
    "inputs.yaml:5:16 i",
    "inputs.yaml:7:17 i",
  ]);
  assert.equal(found(yaml, { withDeclarations: false }).length, 2);
});

const THEORY =
  "inputs:\n  - files: '*.yaml'\n    ref: llm/litellm@1\n    attach: {image: p.png}\n  - files: '*.json'\n    ref: llm/litellm@1\n    attach: {image: p.png}\n";
const USE = "params:\n  a: {$attach: image}\n";

Deno.test("references() follows a name of the settings through the open documents", () => {
  const files = {
    "/project/a.inputs.yaml": USE.replace("im", "im|"),
    "/project/b.inputs.yaml": USE,
    "/project/own.inputs.yaml": `$attachments: {image: q.png}\n${USE}`,
    "/project/c.inputs.json": '{"params": {"a": {"$attach": "image"}}}',
    "/project/theory.yaml": THEORY,
  };
  const expected = [
    "theory.yaml:4:14 image",
    "a.inputs.yaml:2:16 image",
    "b.inputs.yaml:2:16 image",
  ];
  assert.deepEqual(found(files), expected);
  const closed = Object.keys(files).filter((path) => !path.includes("theory"));
  assert.deepEqual(found(files, { open: closed }), expected);
  const { "/project/theory.yaml": _, ...others } = {
    ...files,
    "/project/a.inputs.yaml": USE,
  };
  assert.deepEqual(
    found({
      "/project/theory.yaml": THEORY.replace("{im", "{im|"),
      ...others,
    }),
    expected,
  );
});

Deno.test("references() finds a processor in documents, settings and its entry", () => {
  const folder = openFolder({
    "/project/a.inputs.yaml": "$processor: llm/litellm@|1\nparams: {}\n",
    "/project/b.inputs.json": '{"$processor": "llm/litellm@1"}',
    "/project/c.inputs.json": '{"$processor": "llm/litellm@2"}',
    "/project/registry.yaml": "ref: llm/litellm@1\n",
    "/project/theory.yaml": THEORY,
    "/project/x.inputs.yaml": "params: {}\n",
  }, [
    "/project/a.inputs.yaml",
    "/project/b.inputs.json",
    "/project/c.inputs.json",
    "/project/x.inputs.yaml",
  ]);
  const around = {
    ...folder,
    registry: { file: () => "/project/registry.yaml" },
    withDeclarations: true,
  };
  const places = references(folder.view, folder.offset, around);
  assert.deepEqual(shown(places, folder.files), [
    "a.inputs.yaml:1:13 llm/litellm@1",
    "b.inputs.json:1:17 llm/litellm@1",
    "registry.yaml:1:6 llm/litellm@1",
    "theory.yaml:3:10 llm/litellm@1",
    "theory.yaml:6:10 llm/litellm@1",
  ]);
});

Deno.test("documentHighlight() tells declarations from uses", () => {
  for (
    const [name, text] of [["inputs.json", JSON_TEXT], [
      "inputs.yaml",
      YAML_TEXT,
    ]] as const
  ) {
    const { view, offset } = markedView(name, text);
    const kinds = documentHighlight(view, offset)?.map(({ kind }) => kind);
    // 2 is read, 3 is write.
    assert.deepEqual(kinds, [3, 2, 2], name);
  }
});

Deno.test("documentHighlight() leaves other words to the editor", () => {
  const { view, offset } = markedView("inputs.yaml", "params:\n  a|: 1\n");
  assert.equal(documentHighlight(view, offset), undefined);
});

Deno.test("documentHighlight() looks once at what many aliases name", () => {
  const levels = Array.from(
    { length: 5 },
    (_, i) => `  l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}*l${i}]\n`,
  );
  const { view, offset } = markedView(
    "inputs.yaml",
    `params:\n  l0: &l0 {$attach: i|}\n${levels.join("")}  z: {$attach: i}\n`,
  );
  assert.equal(documentHighlight(view, offset)?.length, 2);
});

import assert from "node:assert/strict";
import { prepareRename, rename } from "../../lsp/features/rename.ts";
import { workspaceEdit } from "../../lsp/workspace_edit.ts";
import { editedText } from "./edited_text.ts";
import { markedView } from "./marked_view.ts";
import { openFolder } from "./open_folder.ts";

/** Names of the file, text with a mark, the new name and the text that comes of it. */
const RENAMED: readonly (readonly [string, string, string, string])[] = [
  [
    "inputs.json",
    '{"params": {"a": {"$attach": "im|age"}, "b": [{"$attach": "image"}]}, "$attachments": {"image": "image.png"}, "image": 1}',
    "photo",
    '{"params": {"a": {"$attach": "photo"}, "b": [{"$attach": "photo"}]}, "$attachments": {"photo": "image.png"}, "image": 1}',
  ],
  [
    "inputs.jsonc",
    '// attach: image=image.png\n{"params": {"a": {"$attach": "|image"}}}',
    "photo",
    '// attach: photo=image.png\n{"params": {"a": {"$attach": "photo"}}}',
  ],
  [
    "inputs.yaml",
    '# attach: im|age=image.png  \nparams:\n  a: {$attach: image}\n  b: {$attach: \'image\'}\n  c: {"$attach": "image"}\n  image: image\n',
    "photo",
    '# attach: photo=image.png  \nparams:\n  a: {$attach: photo}\n  b: {$attach: \'photo\'}\n  c: {"$attach": "photo"}\n  image: image\n',
  ],
  [
    "inputs.yaml",
    "$attachments:\n  image|: a.png\n  other: b.png\nparams: [{$attach: image}]\n",
    "12",
    '$attachments:\n  "12": a.png\n  other: b.png\nparams: [{$attach: "12"}]\n',
  ],
  [
    "inputs.yaml",
    "$attachments:\n  image: a.png\nparams:\n  a: &n image\n  b:\n    $attach: *n|\n  c:\n    $attach: >-\n      image\n  d: 1\n",
    "photo",
    "$attachments:\n  photo: a.png\nparams:\n  a: &n image\n  b:\n    $attach: photo\n  c:\n    $attach: photo\n  d: 1\n",
  ],
  [
    "inputs.json",
    '{"params": {"a": {"$attach": "im\\u0061|ge"}}, "$attachments": {"image": "x"}, "b": ',
    "p",
    '{"params": {"a": {"$attach": "p"}}, "$attachments": {"p": "x"}, "b": ',
  ],
];

Deno.test("rename() changes every place of the name and nothing else", () => {
  for (const [file, marked, newName, after] of RENAMED) {
    const { view, offset } = markedView(file, marked);
    const change = rename(view, offset, {
      newName,
      views: () => [view],
      files: { text: () => undefined },
    });
    assert.ok("edits" in change, marked);
    for (const documentChanges of [true, false]) {
      const edit = workspaceEdit(change.edits, { documentChanges });
      assert.equal(editedText(view, edit), after);
    }
  }
});

const THEORY =
  "inputs:\n  - files: '*.yaml'\n    ref: llm/litellm@1\n    attach: {image: p.png, taken: q.png}\n  - files: '*.json'\n    ref: llm/litellm@1\n    attach: {image: p.png, free: q.png}\n";
const USE = "params:\n  a: {$attach: image}\n";

function renameIn(files: Readonly<Record<string, string>>, newName: string) {
  const folder = openFolder(files, Object.keys(files).slice(0, -1));
  return {
    change: rename(folder.view, folder.offset, { newName, ...folder }),
    views: folder.views(),
  };
}

Deno.test("rename() takes the settings along that declare the name, and who shares it", () => {
  const { change, views } = renameIn({
    "/project/a.inputs.yaml": USE.replace("image", "im|age"),
    "/project/b.inputs.yaml": USE,
    "/project/own.inputs.yaml": `$attachments: {image: q.png}\n${USE}`,
    "/project/theory.yaml": THEORY,
  }, "free");
  assert.ok("edits" in change);
  const edit = workspaceEdit(change.edits, { documentChanges: true });
  const texts = views.map((view) => editedText(view, edit));
  assert.equal(texts[0], USE.replace("image", "free"));
  assert.equal(texts[1], USE.replace("image", "free"));
  assert.equal(texts[2], `$attachments: {image: q.png}\n${USE}`);
  const settings = change.edits.find(({ uri }) => uri.endsWith("theory.yaml"));
  assert.equal(settings?.version, null);
  assert.deepEqual(settings?.edits, [{
    range: {
      start: { line: 3, character: 13 },
      end: { line: 3, character: 18 },
    },
    newText: "free",
  }]);
});

Deno.test("rename() refuses a name that is taken or that is no name", () => {
  const inDocument = (newName: string) =>
    renameIn({
      "/project/inputs.json":
        '{"params": {"a": {"$attach": "i|"}, "b": {"$attach": "unknown"}}, "$attachments": {"i": "x", "j": "y"}}',
      "/project/x": "",
    }, newName).change;
  const inSettings = (newName: string) =>
    renameIn({
      "/project/a.inputs.yaml": USE.replace("image", "im|age"),
      "/project/b.inputs.yaml": `$attachments: {other: q.png}\n${USE}`,
      "/project/theory.yaml": THEORY,
    }, newName).change;
  const refusals = [
    ...["j", "unknown", "", "a b", "a=b", "é"].map(inDocument),
    ...["taken", "other"].map(inSettings),
  ].map((change) => "refusal" in change ? change.refusal : "done");
  assert.deepEqual(refusals, [
    'Cannot rename "i" to "j": "inputs.json" has this name already',
    'Cannot rename "i" to "unknown": "inputs.json" has this name already',
    'Cannot rename "i" to "": a name has letters, digits, _, - and . alone',
    'Cannot rename "i" to "a b": a name has letters, digits, _, - and . alone',
    'Cannot rename "i" to "a=b": a name has letters, digits, _, - and . alone',
    'Cannot rename "i" to "é": a name has letters, digits, _, - and . alone',
    'Cannot rename "image" to "taken": "theory.yaml" has this name already',
    'Cannot rename "image" to "other": "b.inputs.yaml" has this name already',
  ]);
  assert.deepEqual(inDocument("i"), { edits: [] });
});

Deno.test("prepareRename() offers names of attachments alone", () => {
  const at = (marked: string) => {
    const { view, offset } = markedView("inputs.yaml", marked);
    return prepareRename(view, offset)?.placeholder;
  };
  assert.equal(at("params:\n  a: {$attach: 'im|age'}\n"), "image");
  assert.equal(at("$attachments: {i|: x.png}\n"), "i");
  assert.equal(at("$attachments: {i: x|.png}\n"), undefined);
  assert.equal(at("$processor: a/|b@1\n"), undefined);
  assert.equal(at("params:\n  a|: 1\n"), undefined);
});

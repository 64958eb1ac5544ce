import assert from "node:assert/strict";
import { definition } from "../../lsp/features/definition.ts";
import { openFolder, shown } from "./open_folder.ts";

const PHOTO = { "/project/photo 1.png": "x" };

function found(files: Readonly<Record<string, string>>): readonly string[] {
  const [first = ""] = Object.keys(files);
  const folder = openFolder(files, [first]);
  return shown(definition(folder.view, folder.offset, folder), folder.files);
}

Deno.test("definition() leads from a use to its declaration, in JSON and YAML alike", () => {
  const uses = {
    "inputs.json":
      '{"schema": "v1", "params": {"a": [{"$attach": "ima|ge"}]},\n "$attachments": {"image": "photo 1.png"}}',
    "inputs.yaml":
      "schema: v1\nparams: {a: [{$attach: |image}]}\n$attachments:\n  image: photo 1.png\n",
    "inputs.jsonc":
      '// attach: image=photo 1.png\n{"schema": "v1", "params": {"a": {"$attach": "image|"}}}',
  };
  const places = Object.entries(uses).map(([name, text]) =>
    found({ [`/project/${name}`]: text, ...PHOTO })
  );
  assert.deepEqual(places, [
    ["inputs.json:2:20 image"],
    ["inputs.yaml:4:3 image"],
    ["inputs.jsonc:1:12 image"],
  ]);
});

Deno.test("definition() leads from a declaration's path to the file, if it is there", () => {
  for (
    const [name, text] of [
      ["inputs.json", '{"$attachments": {"i": "photo| 1.png"}}'],
      ["inputs.yaml", "$attachments:\n  i: ./photo| 1.png\n"],
      ["b.inputs.yaml", "# attach: i=photo 1.p|ng  \nparams: {}\n"],
    ] as const
  ) {
    const files = { [`/project/${name}`]: text };
    assert.deepEqual(found({ ...files, ...PHOTO }), ["photo 1.png:1:1"], name);
    assert.deepEqual(found(files), [], name);
  }
});

Deno.test("definition() leads from a ref to the line of its entry", () => {
  for (
    const [name, text] of [
      ["inputs.json", '{"$processor": "llm/|litellm@1"}'],
      ["inputs.yaml", '$processor: "llm/|litellm@1"\n'],
      ["b.inputs.yaml", "# processor: llm/|litellm@1\nparams: {}\n"],
      ["theory.yaml", "inputs:\n  - files: '*'\n    ref: llm/|litellm@1\n"],
      ["theory.json", '{"inputs": [{"files": "*", "ref": "llm/|litellm@1"}]}'],
    ] as const
  ) {
    const entry = "/registry/llm/litellm/1/registry.yaml";
    const folder = openFolder(
      {
        [`/project/${name}`]: text,
        [entry]: "# about\nref: llm/litellm@1\ntitle: T\n",
      },
      [`/project/${name}`],
    );
    const around = { ...folder, registry: { file: () => entry } };
    const places = definition(folder.view, folder.offset, around);
    assert.deepEqual(
      shown(places, folder.files),
      ["registry.yaml:2:6 llm/litellm@1"],
      name,
    );
  }
});

Deno.test("definition() leads to the settings that declare a name or a file", () => {
  const theory =
    "inputs:\n  - files: '*.yaml'\n    ref: llm/litellm@1\n    attach:\n      image: photo 1.png\n";
  assert.deepEqual(
    found({
      "/project/inputs.yaml": "params:\n  a:\n    $attach: im|age\n",
      "/project/theory.yaml": theory,
      ...PHOTO,
    }),
    ["theory.yaml:5:7 image"],
  );
  assert.deepEqual(
    found({
      "/project/theory.yaml": theory.replace("photo", "ph|oto"),
      ...PHOTO,
    }),
    ["photo 1.png:1:1"],
  );
});

Deno.test("definition() leads to the modules of an entry and to parts of its schemas", () => {
  const entry =
    'ref: a/b@1\nhandler:\n  mock: mo|ck.ts\ninputs:\n  properties:\n    params: {$ref: "#/definitions/p"}\n  definitions:\n    p: {type: object}\n';
  const file = { "/project/mock.ts": "" };
  assert.deepEqual(
    found({ "/project/registry.yaml": entry, ...file }),
    ["mock.ts:1:1"],
  );
  assert.deepEqual(
    found({
      "/project/registry.yaml": entry.replace("|", "").replace("#/", "#/|"),
    }),
    ["registry.yaml:8:8 {type: object}"],
  );
});

Deno.test("definition() knows what stands before a mistake", () => {
  for (
    const [name, text] of [
      [
        "inputs.json",
        '{"$attachments": {"i": "x"}, "params": {"a": {"$attach": "i|"}, "b": ',
      ],
      [
        "inputs.yaml",
        '$attachments:\n  i: x\nparams:\n  a:\n    $attach: i|\n  b: "\n',
      ],
    ] as const
  ) {
    const places = found({ [`/project/${name}`]: text });
    assert.equal(places.length, 1, name);
    assert.match(places[0] ?? "", / i$/);
  }
});

Deno.test("definition() answers nothing where there is no word", () => {
  assert.deepEqual(found({ "/project/inputs.yaml": "params:\n  a: |1\n" }), []);
  assert.deepEqual(
    found({ "/project/inputs.yaml": "params:\n  a: {$attach: un|known}\n" }),
    [],
  );
});

import assert from "node:assert/strict";
import { documentLinks } from "../../lsp/features/document_links.ts";
import { openFolder } from "./open_folder.ts";

const FILES = {
  "/project/a b.png": "x",
  "/project/mock.ts": "",
  "/project/docker/Dockerfile": "",
  "/project/s.json": "{}",
};

function links(name: string, text: string): readonly string[] {
  const path = `/project/${name}`;
  const { view, files } = openFolder({ [path]: text, ...FILES }, [path]);
  return documentLinks(view, files).map(({ range: { start, end }, target }) => {
    const line = text.split("\n")[start.line] ?? "";
    return `${line.slice(start.character, end.character)} → ${target}`;
  });
}

Deno.test("documentLinks() leads to attachments that are there and to schemas", () => {
  const expected = [
    "https://example.com/s.json → https://example.com/s.json",
    "./a b.png → file:///project/a%20b.png",
  ];
  assert.deepEqual(
    links(
      "inputs.json",
      '{"$schema": "https://example.com/s.json", "$attachments": {"a": "./a b.png", "b": "none.png"}}',
    ),
    expected,
  );
  assert.deepEqual(
    links(
      "inputs.yaml",
      "$schema: https://example.com/s.json\n$attachments:\n  a: './a b.png'\n  b: none.png\n",
    ),
    expected,
  );
  assert.deepEqual(
    links("inputs.yaml", "# attach: a=a b.png\n$schema: s.json\nparams: {}\n"),
    [
      "a b.png → file:///project/a%20b.png",
      "s.json → file:///project/s.json",
    ],
  );
});

Deno.test("documentLinks() leads to the files of an entry and of settings", () => {
  assert.deepEqual(
    links(
      "registry.yaml",
      "ref: a/b@1\nhandler: {mock: mock.ts, real: real.ts}\nbuild:\n  dockerfile: docker/Dockerfile\ninputs:\n  $schema: http://json-schema.org/draft-07/schema#\n",
    ),
    [
      "mock.ts → file:///project/mock.ts",
      "docker/Dockerfile → file:///project/docker/Dockerfile",
      "http://json-schema.org/draft-07/schema# → http://json-schema.org/draft-07/schema#",
    ],
  );
  assert.deepEqual(
    links(
      "theory.yaml",
      "inputs:\n  - files: '*'\n    ref: a/b@1\n    attach: {x: a b.png}\n",
    ),
    ["a b.png → file:///project/a%20b.png"],
  );
});

Deno.test("documentLinks() follows nothing but pages and files", () => {
  for (
    const address of ["javascript:alert(1)", "command:x", "file:///etc/passwd"]
  ) {
    assert.deepEqual(links("inputs.json", `{"$schema": "${address}"}`), []);
  }
});

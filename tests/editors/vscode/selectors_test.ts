import assert from "node:assert/strict";
import { matchesGlob } from "node:path";
import { selectorOf, yamlOf } from "../../../editors/vscode/selectors.ts";
import { documentKind } from "../../../schemas/mod.ts";

const OURS = [
  "inputs.json",
  "inputs.yml",
  "inputs-2.jsonc",
  "my.inputs.yaml",
  "my_inputs_2.json",
  "registry.yaml",
  "theory.yaml",
  "theory.json",
];
const OTHERS = [
  "package.json",
  "registry.json",
  "theory.yml",
  "myinputs.json",
  "inputsx.yaml",
  "inputs.txt",
];

Deno.test("selectorOf() knows by their names the documents that the server knows by them", () => {
  for (const name of [...OURS, ...OTHERS]) {
    const known = documentKind({ name, text: "a: 1\n" }) !== undefined;
    assert.equal(known, OURS.includes(name), name);
    const globs = selectorOf([]).flatMap(({ pattern }) =>
      typeof pattern === "string" ? [pattern] : []
    );
    const selected = globs.some((glob) =>
      matchesGlob(`/project/sub/${name}`, glob)
    );
    assert.equal(selected, known, name);
  }
});

Deno.test("selectorOf() takes files, and what is in no file yet", () => {
  const schemes = new Set(selectorOf([]).map(({ scheme }) => scheme));
  assert.deepEqual([...schemes], ["file", "untitled"]);
});

Deno.test("selectorOf() adds the folders in which documents were found", () => {
  const [last] = selectorOf(["file:///project/requests"]).slice(-1);
  assert.deepEqual(last, {
    scheme: "file",
    pattern: {
      baseUri: "file:///project/requests",
      pattern: "*.{json,jsonc,yaml,yml}",
    },
  });
});

Deno.test("yamlOf() keeps what can be YAML", () => {
  assert.deepEqual(
    yamlOf([
      { scheme: "file", pattern: "**/inputs.*" },
      { scheme: "untitled", language: "json" },
      { scheme: "untitled", language: "yaml" },
    ]),
    [
      { scheme: "file", pattern: "**/inputs.*", language: "yaml" },
      { scheme: "untitled", language: "yaml" },
    ],
  );
});

import assert from "node:assert/strict";
import { examplesIn } from "./docs/examples_in.ts";
import { runExamples } from "./docs/run_examples.ts";
import { readPlace, repositoryFiles } from "./style/repository_files.ts";

const DOCUMENT = /^(?:[A-Z]+|docs\/.+)\.md$/;

for (const place of repositoryFiles().filter((each) => DOCUMENT.test(each))) {
  Deno.test(`${place} shows what really happens`, async () => {
    assert.deepEqual(await runExamples(readPlace(place)), []);
  });
}

Deno.test("examplesIn() finds marked blocks and their outputs", () => {
  assert.deepEqual(examplesIn(testdata("right.md")), [
    {
      line: 8,
      script: "echo '{\"a\":1}' | tee made.json\n",
      output: '{"a":1}\n',
    },
    { line: 22, script: "test -f made.json\ntest -f deno.json\n" },
  ]);
});

Deno.test("examplesIn() rejects a mark without a block", () => {
  assert.throws(
    () => examplesIn("<!-- run -->\n\nWords.\n"),
    new SyntaxError("Line 1: no block follows the mark"),
  );
});

Deno.test("runExamples() runs the blocks of a document in one copy", async () => {
  assert.deepEqual(await runExamples(testdata("right.md")), []);
});

Deno.test("runExamples() reports another output and another exit code", async () => {
  assert.deepEqual(await runExamples(testdata("wrong.md")), [
    "line 5: printed one\ninstead of two\n",
    "line 15: exit 3: on stderr\n",
  ]);
});

function testdata(name: string): string {
  return readPlace(`tests/docs/testdata/${name}`);
}

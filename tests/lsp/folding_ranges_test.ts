import assert from "node:assert/strict";
import { foldingRanges } from "../../lsp/features/folding_ranges.ts";
import { markedView } from "./marked_view.ts";

/** A document whose lines that fold begin with the number of the last line that goes with them. */
function folds(name: string, numbered: string): void {
  const lines = numbered.split("\n").map((line) => ({
    end: /^ *(\d+) /.exec(line)?.[1],
    text: line.slice(3),
  }));
  const text = lines.map((line) => line.text).join("\n");
  const { view } = markedView(name, text);
  const expected = lines.flatMap(({ end }, i) =>
    end === undefined ? [] : [`${i + 1}-${end}`]
  );
  const found = foldingRanges(view).map(({ startLine, endLine }) =>
    `${startLine + 1}-${endLine + 1}`
  );
  assert.deepEqual(found, expected, text);
}

Deno.test("foldingRanges() folds objects, lists and comments of JSON, closing brackets in sight", () => {
  folds(
    "inputs.jsonc",
    ` 2 // two
   // lines
13 {
     "schema": "v1", // beside
 9   "params": {
 8     "messages": [
         {"role": "user"},
         {"content": "x"}
       ]
     },
     "mode": "mock"
13 , "x": [
     1]}
`,
  );
});

Deno.test("foldingRanges() folds keys, items, texts and comments of YAML", () => {
  folds(
    "inputs.yaml",
    ` 2 # two
   # lines
   schema: v1
16 params:
11   messages:
 8   - role: user
 8     content: >
         long text

11   - role: user
       content: x
     # one
14   stop: [a,
       b]
16   more:
       x: {}
   mode: mock`,
  );
});

Deno.test("foldingRanges() goes as far as the text can be read", () => {
  folds("inputs.json", ` 3 {"params": {\n     "a": 1,\n     "b": `);
  folds("inputs.yaml", ` 3 params:\n     a: 1\n     b: 2\n     c: "`);
});

Deno.test("foldingRanges() counts lines that end with CR LF", () => {
  const { view } = markedView(
    "inputs.yaml",
    "params:\r\n  a:\r\n    b: 1\r\nmode: mock\r\n",
  );
  assert.deepEqual(foldingRanges(view), [
    { startLine: 0, endLine: 2 },
    { startLine: 1, endLine: 2 },
  ]);
});

Deno.test("foldingRanges() calls comments what they are", () => {
  const { view } = markedView("inputs.yaml", "# a\n# b\nparams: {}\n");
  assert.deepEqual(foldingRanges(view), [
    { startLine: 0, endLine: 1, kind: "comment" },
  ]);
});

import assert from "node:assert/strict";
import type { SelectionRange } from "vscode-languageserver-types";
import { selectionRange } from "../../lsp/features/selection_ranges.ts";
import type { View } from "../../lsp/mod.ts";
import { markedView } from "./marked_view.ts";

/** What is selected step by step, from the inside outwards. */
function steps(name: string, marked: string): readonly string[] {
  const { view, offset } = markedView(name, marked);
  const found: string[] = [];
  for (
    let each: SelectionRange | undefined = selectionRange(view, offset);
    each !== undefined;
    each = each.parent
  ) {
    found.push(textOf(view, each));
  }
  return found;
}

function textOf(view: View, { range }: SelectionRange): string {
  const { text } = view.source;
  return text.slice(view.offset(range.start), view.offset(range.end));
}

Deno.test("selectionRange() goes outwards in JSON", () => {
  assert.deepEqual(steps("inputs.json", '{"params": { "a": [1, "x|y"] }}\n'), [
    "xy",
    '"xy"',
    '1, "xy"',
    '[1, "xy"]',
    '"a": [1, "xy"]',
    '{ "a": [1, "xy"] }',
    '"params": { "a": [1, "xy"] }',
    '{"params": { "a": [1, "xy"] }}',
    '{"params": { "a": [1, "xy"] }}\n',
  ]);
});

Deno.test("selectionRange() goes outwards in YAML", () => {
  assert.deepEqual(
    steps(
      "inputs.yaml",
      "mode: mock\nparams:\n  a:\n    - b: |c\n      d: 1\n",
    ),
    [
      "c",
      "b: c",
      "b: c\n      d: 1",
      "- b: c\n      d: 1",
      "a:\n    - b: c\n      d: 1",
      "params:\n  a:\n    - b: c\n      d: 1",
      "mode: mock\nparams:\n  a:\n    - b: c\n      d: 1",
      "mode: mock\nparams:\n  a:\n    - b: c\n      d: 1\n",
    ],
  );
});

Deno.test("selectionRange() begins with keys and comments, too", () => {
  assert.deepEqual(steps("inputs.json", '{"pa|rams": {}}').slice(0, 3), [
    "params",
    '"params"',
    '"params": {}',
  ]);
  assert.deepEqual(
    steps("inputs.yaml", "params:\n  a: 1 # no|te\n  b: 2\n").slice(0, 2),
    ["# note", "a: 1 # note\n  b: 2"],
  );
});

Deno.test("selectionRange() knows broken and empty documents", () => {
  assert.deepEqual(steps("inputs.json", ""), [""]);
  assert.deepEqual(steps("inputs.json", '{"params": {"a": "|x'), [
    '"x',
    '"a": "x',
    '{"a": "x',
    '"params": {"a": "x',
    '{"params": {"a": "x',
  ]);
});

Deno.test("selectionRange() stays where an alias stands", () => {
  const found = steps("inputs.yaml", "params:\n  a: &x {b: 1}\n  c: *|x\n");
  assert.equal(found.at(-1), "params:\n  a: &x {b: 1}\n  c: *x\n");
  assert.ok(!found.includes("{b: 1}"));
});

Deno.test("selectionRange() widens with every step, wherever it begins", () => {
  for (
    const [name, text] of [
      ["inputs.json", '{ "a": [1, {"b": "😀"}], \r\n "c": [ ] }'],
      [
        "inputs.yaml",
        "# c\r\na:\r\n- 1\r\n- b: |\r\n    x\r\nc: &a [ ]\r\nd: *a\r\n",
      ],
    ] as const
  ) {
    const { view } = markedView(name, text.replace("|", ">"));
    for (let offset = 0; offset <= text.length; offset++) {
      let each = selectionRange(view, offset);
      while (each.parent !== undefined) {
        const [inner, outer] = [textOf(view, each), textOf(view, each.parent)];
        assert.ok(outer.includes(inner) && outer.length > inner.length);
        each = each.parent;
      }
      assert.equal(textOf(view, each), view.source.text);
    }
  }
});

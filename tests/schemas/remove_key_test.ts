import assert from "node:assert/strict";
import { applyEdits, toJson } from "../../schemas/mod.ts";
import { parse, removeKey } from "../../schemas/checker.ts";
import type { Node, ObjectNode, Property, Source } from "../../schemas/mod.ts";
import { goldens } from "./golden.ts";

const CASES: readonly (readonly [string, string, string | undefined])[] = [
  ['{"a": 1, "b": 2, "c": 3}', "a", '{"b": 2, "c": 3}'],
  ['{"a": 1, "b": 2, "c": 3}', "b", '{"a": 1, "c": 3}'],
  ['{"a": 1, "b": 2, "c": 3}', "c", '{"a": 1, "b": 2}'],
  ['{\n  "a": 1,\n  "b": 2\n}', "a", '{\n  "b": 2\n}'],
  ['{\n  "a": 1,\n  "b": 2\n}', "b", '{\n  "a": 1\n}'],
  ['{"a": 1}', "a", "{}"],
  ['{"b": 1, // why\n "a": 2}', "b", undefined],
  ["a: 1\nb: 2\n", "a", "b: 2\n"],
  ["a: 1\nb: 2\n", "b", "a: 1\n"],
  ["a: 1\r\nb: 2\r\n", "a", "b: 2\r\n"],
  ["a: 1\r\nb: 2\r\n", "b", "a: 1\r\n"],
  ["a: 1\n# of b\nb: 2\n", "a", "# of b\nb: 2\n"],
  ["a: |\n  x\n\n  y\nb: 2\n", "a", "b: 2\n"],
  ["a:\n- 1\n- 2\nb: 2\n", "a", "b: 2\n"],
  ["a:\nb: 2\n", "a", "b: 2\n"],
  ["a: &x 1\nb: *x\n", "a", undefined],
  ["a: &x 1\nb: *x\nc: 2\n", "b", "a: &x 1\nc: 2\n"],
  ["a: 1\n", "a", "{}\n"],
  ["{a: 1, b: 2}\n", "a", "{b: 2}\n"],
  ["? a\n: 1\nb: 2\n", "a", undefined],
];

for (const [text, key, expected] of CASES) {
  Deno.test(`removeKey() takes "${key}" out of ${JSON.stringify(text)}`, () => {
    const source = sourceOf(text);
    const { root } = parse(source);
    assert.ok(root?.kind === "object");
    const removed = root.properties.find((each) => each.key === key);
    assert.ok(removed);
    const edit = removeKey(source, root, removed);
    assert.equal(edit && applyEdits(text, [edit]), expected);
  });
}

Deno.test("removeKey() takes nothing else away where an object is told in part", () => {
  for (
    const text of [
      '{"a": 1, "mode": "mock", "b": 2}',
      '{"mode": "mock", "b": 2}',
      "mode: mock\nb: 2\n",
    ]
  ) {
    const source = sourceOf(text);
    const { root } = parse(source);
    assert.ok(root?.kind === "object");
    const properties = root.properties.filter(({ key }) => key !== "mode");
    const [removed] = properties.slice(-1);
    assert.ok(removed);
    assert.equal(
      removeKey(source, { ...root, properties }, removed),
      undefined,
    );
  }
});

Deno.test("removeKey() keeps the first key of a list item on its line", () => {
  const source = sourceOf("l:\n  - a: 1\n    b: 2\n");
  const { root } = parse(source);
  const list = root?.kind === "object" ? root.properties[0]?.value : undefined;
  const item = list?.kind === "array" ? list.items[0] : undefined;
  assert.ok(item?.kind === "object" && item.properties[0]);
  const edit = removeKey(source, item, item.properties[0]);
  assert.ok(edit);
  assert.equal(applyEdits(source.text, [edit]), "l:\n  - b: 2\n");
});

Deno.test("removeKey() takes one key out of any document of the corpus and changes nothing else", () => {
  let removals = 0;
  for (const { source, checked } of [...goldens("ok"), ...goldens("err")]) {
    const { root, complete, problems } = checked.tree;
    if (root === undefined || !complete || problems.length > 0) continue;
    if (source.text.length > 20_000) continue;
    for (const [node, removed] of keysIn(root)) {
      const edit = removeKey(source, node, removed);
      if (edit === undefined) continue;
      const text = applyEdits(source.text, [edit]);
      const after = parse({ ...source, text });
      const name = `${source.name} without ${removed.key}\n${text}`;
      assert.deepEqual(after.problems, [], name);
      assert.ok(after.root, name);
      assert.deepEqual(
        toJson(after.root),
        toJson(without(root, node, removed)),
        name,
      );
      removals++;
    }
  }
  assert.ok(removals > 300, `${removals}`);
});

function sourceOf(text: string): Source {
  const json = text.startsWith("{") && !text.startsWith("{a");
  return json
    ? { name: "x.jsonc", text, language: "jsonc" }
    : { name: "x.yaml", text, language: "yaml" };
}

function* keysIn(node: Node): Generator<readonly [ObjectNode, Property]> {
  if (node.kind === "array") {
    for (const each of node.items) yield* keysIn(each);
  }
  if (node.kind !== "object") return;
  for (const each of node.properties) {
    yield [node, each];
    yield* keysIn(each.value);
  }
}

/** A copy of a tree in which one key is missing. */
function without(node: Node, from: ObjectNode, removed: Property): Node {
  if (node.kind === "array") {
    const items = node.items.map((each) => without(each, from, removed));
    return { ...node, items };
  }
  if (node.kind !== "object") return node;
  const properties = node.properties
    .filter((each) => node !== from || each !== removed)
    .map((each) => ({ ...each, value: without(each.value, from, removed) }));
  return { ...node, properties };
}

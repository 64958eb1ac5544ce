import assert from "node:assert/strict";
import { dump, load } from "js-yaml";
import { type Node, toJson } from "../../schemas/mod.ts";
import { parse } from "../../schemas/checker.ts";
import { random, randomJson } from "./random_json.ts";

/** What the YAML readers of the world disagree on, and forms that are easily misread. */
const SNIPPETS = [
  "a: 012",
  "a: 0o14",
  "a: 0b11",
  "a: 0x1F",
  "a: 1_000",
  "a: 1:30",
  "a: 2025-01-01",
  "a: yes\nb: no\nc: on\nd: y",
  "a: True\nb: FALSE\nc: Null\nd: ~\ne:",
  "a: +1\nb: -0\nc: .5\nd: 1.\ne: 1e3\nf: 1e400\ng: 1.0",
  "<<: {a: 1}\nb: 2",
  "base: &b {x: 1}\nuse:\n  <<: *b",
  "a: &x [1, 2]\nb: *x\nc: [*x, *x]",
  "a: &x one\n? *x\n: two",
  "a: |\n  one\n   two\n\n  three\nb: >-\n  one\n  two\n\n  three\n",
  "a: |+\n  one\n\n\nb: 1",
  "a: |2\n    two blanks\n",
  "a: 'it''s'\nb: \"\\u00e9\\x41\\n\\\n  more\"",
  "a: one\n  two\n\n  three",
  "- a\n-\n- - b\n  - c\n-   d: 1\n    e: 2",
  "a:\n- 1\n- 2\nb:\n  - 3",
  "{a: 1, b: [2, {c: 3}], d, 'e': , \"f\":7}",
  "[a: 1, b: 2, [c, d]]",
  "? a\n: b\n? c",
  "a: # comment\n  # more\n  b # last",
  "a: b#c\nd: 'e # f' # g",
  "--- # head\na: 1\n...",
  "%YAML 1.2\n---\na: 1",
  "a: !!str 1\nb: !!int '2'\nc: !!float 3\nd: !!bool 'true'\ne: !!null ''\nf: !!seq [1]\ng: !!map {h: 1}\ni: ! 5",
  "a: !<tag:yaml.org,2002:str> 1",
  "'a b': 1\n\"c\\td\": 2\ne f: 3",
  "a:\r\n  - 1\r\n  - 2\r\nb: 3\r\n",
  "a: 漢字\n👩‍👩‍👧: \u00a0x",
  "__proto__: 1\nconstructor: {__proto__: 2}",
  "plain",
  "12",
  "a: -x\nb: :c\nc: ?d\nd: a,b\ne: [a,b]",
];

Deno.test("parse() reads YAML as js-yaml does with the core schema", () => {
  for (const text of SNIPPETS) agrees(text);
});

Deno.test("parse() reads random values written as YAML, in block and in flow style", () => {
  const next = random(3);
  for (let i = 0; i < 500; i++) {
    const value = randomJson(next);
    for (const text of [dump(value), dump(value, { flowLevel: 1 })]) {
      assert.deepEqual(agrees(text), value, text);
    }
  }
});

Deno.test("parse() reads JSON as YAML alike", () => {
  const next = random(4);
  for (let i = 0; i < 300; i++) {
    const value = randomJson(next);
    const text = JSON.stringify(value, null, i % 3);
    assert.deepEqual(agrees(text), value, text);
  }
});

Deno.test("parse() gives every node of YAML the span of its text", () => {
  const text =
    "# head\na: &x [1, 'b c']\nd:\n  - e: |\n      f # g\n\n  -\n  - *x\nh: {i: }\n";
  const spans: string[] = [];
  const walk = (node: Node): void => {
    spans.push(text.slice(node.span.start, node.span.end));
    if (node.kind === "array") node.items.forEach(walk);
    if (node.kind !== "object") return;
    for (const { keySpan, value } of node.properties) {
      spans.push(`${text.slice(keySpan.start, keySpan.end)}:`);
      walk(value);
    }
  };
  walk(parseYaml(text).root ?? assert.fail());
  assert.deepEqual(spans, [
    text.slice(text.indexOf("a:")).trimEnd(),
    "a:",
    "[1, 'b c']",
    "1",
    "'b c'",
    "d:",
    "- e: |\n      f # g\n\n  -\n  - *x",
    "e: |\n      f # g",
    "e:",
    "|\n      f # g",
    "",
    "[1, 'b c']",
    "1",
    "'b c'",
    "h:",
    "{i: }",
    "i:",
    "",
  ]);
});

Deno.test("parse() finds the comments of YAML and nothing else", () => {
  const { comments } = parseYaml(
    "# one\na: 'x # no' # two\nb: |  # three\n  # no\nc: [1, # four\n 2]\nd: e#no\n# five",
  );
  assert.deepEqual(comments.map(({ text }) => text), [
    "one",
    "two",
    "three",
    "four",
    "five",
  ]);
});

Deno.test("parse() keeps the lines before the first mistake of YAML", () => {
  const { root, problems, complete } = parseYaml(
    "a: 1\nb: {c: 2}\nd: [1,\ne: 2\n",
  );
  assert.deepEqual(root && toJson(root), { a: 1, b: { c: 2 } });
  assert.deepEqual(problems.map(({ code }) => code), ["ERR_SYNTAX"]);
  assert.equal(complete, false);
});

Deno.test("parse() reports what YAML has and JSON has not", () => {
  const codes = (text: string) =>
    parseYaml(text).problems.map(({ code }) => code);
  const unsupported = ["ERR_YAML_UNSUPPORTED"];
  assert.deepEqual(codes("a: !foo 1"), unsupported);
  assert.deepEqual(codes("a: !!binary aGk="), unsupported);
  assert.deepEqual(codes("a: !!set {b, c}"), unsupported);
  assert.deepEqual(codes("1: a"), unsupported);
  assert.deepEqual(codes("? {a: 1}\n: b"), unsupported);
  assert.deepEqual(codes("a: &a [*a]"), unsupported);
  assert.deepEqual(codes("a: 1\n---\nb: 2"), unsupported);
  assert.deepEqual(
    codes("%TAG !e! tag:example.com,2026:\n---\na: 1"),
    unsupported,
  );
  assert.deepEqual(codes("a: *b"), ["ERR_SYNTAX"]);
});

Deno.test("parse() shares what aliases stand for, up to a million values", () => {
  const line = (i: number, width: number) =>
    `a${i}: &a${i} [${Array(width).fill(`*a${i - 1}`).join(", ")}]\n`;
  const text = (width: number, lines: number) =>
    "a0: &a0 x\n" +
    Array.from({ length: lines }, (_, i) => line(i + 1, width)).join("");
  assert.deepEqual(parseYaml(text(2, 15)).problems, []);
  const codes = parseYaml(text(10, 30)).problems.map(({ code }) => code);
  assert.deepEqual(codes, ["ERR_ALIAS_EXPANSION"]);
});

Deno.test("parse() reads 200 levels of YAML and no more, aliases written out", () => {
  const codes = (text: string) =>
    parseYaml(text).problems.map(({ code }) => code);
  const flow = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  const block = (levels: number) =>
    Array.from({ length: levels }, (_, i) => `${" ".repeat(i)}a:`).join("\n");
  assert.deepEqual(codes(flow(200)), []);
  assert.deepEqual(codes(flow(201)), ["ERR_DEPTH"]);
  assert.deepEqual(codes(flow(5000)), ["ERR_DEPTH"]);
  assert.deepEqual(codes(block(200)), []);
  assert.deepEqual(codes(block(201)), ["ERR_DEPTH"]);
  const chain = Array.from(
    { length: 300 },
    (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]\n`,
  );
  const problems = codes(`a0: &a0 x\n${chain.join("")}`);
  assert.equal(problems[0], "ERR_DEPTH");
});

function parseYaml(text: string) {
  return parse({ name: "test.yaml", text, language: "yaml" });
}

function agrees(text: string): unknown {
  const { root, problems, complete } = parseYaml(text);
  const wrong = problems.filter(({ code }) => code !== "ERR_NUMBER_UNSAFE");
  assert.deepEqual(wrong, [], text);
  assert.ok(root !== undefined && complete, text);
  const value = toJson(root);
  assert.deepEqual(value, load(text, { maxDepth: 300 }), text);
  return value;
}

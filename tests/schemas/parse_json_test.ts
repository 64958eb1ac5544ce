import assert from "node:assert/strict";
import { type Language, type Node, toJson } from "../../schemas/mod.ts";
import { parse } from "../../schemas/checker.ts";
import { random, randomJson } from "./random_json.ts";

/** Valid texts that readers of JSON get wrong. */
const VALID = [
  "0",
  "-0",
  "1E5",
  "1e-7",
  "0.1",
  "-1.5e+3",
  "5e-324",
  "1.7976931348623157e308",
  "9007199254740991",
  "null",
  '""',
  '"\\u0000\\b\\f\\n\\r\\t\\"\\\\\\/"',
  '"\\ud83d\\ude00 \\ud83d \\ude00"',
  '"\ud83d"',
  '"\u2028\u2029\u007f\ufeff"',
  '{"__proto__": {"a": 1}, "constructor": 2, "": 3, "0": 4}',
  '{"a": {"__proto__": null}}',
  " \t\r\n[ ] \n",
  '[{}, [], [[]], {"a": {}}]',
  '{"a":1,"a":2,"a":{"a":3,"a":4}}',
  '{"\\u0061": 1, "b\\n": 2}',
];

/** Texts that `JSON.parse` refuses. */
const INVALID = [
  "01",
  "+1",
  "1.",
  ".5",
  "1e",
  "-",
  "0x10",
  "NaN",
  "Infinity",
  "True",
  "nul",
  "'a'",
  '"a',
  '"a\nb"',
  '"\t"',
  '"\\x"',
  '"\\u12"',
  "[1,]",
  "[,1]",
  "[1 2]",
  "[1,,2]",
  "[",
  "]",
  "{",
  "}",
  "{a: 1}",
  '{"a"}',
  '{"a":}',
  '{"a" 1}',
  '{"a":1,}',
  '{"a":1 "b":2}',
  '{,"a":1}',
  '{"a":1]',
  "[1}",
  "1 2",
  "{} {}",
  "// a\n1",
  "/* a */1",
  "/",
  "\ufeff1",
  "\u00a01",
  ":",
  ",",
];

Deno.test("parse() reads valid JSON as JSON.parse does", () => {
  for (const text of VALID) agrees(text);
});

Deno.test("parse() reads random JSON as JSON.parse does", () => {
  const next = random(1);
  for (let i = 0; i < 500; i++) {
    const value = randomJson(next);
    agrees(JSON.stringify(value));
    agrees(JSON.stringify(value, null, 2));
  }
});

Deno.test("parse() reports every text that JSON.parse refuses", () => {
  for (const text of INVALID) {
    assert.throws(() => JSON.parse(text), text);
    const { problems } = read(text);
    assert.ok(problems.some(({ code }) => code === "ERR_SYNTAX"), text);
  }
});

Deno.test("parse() reports texts cut off and changed just where JSON.parse refuses them", () => {
  const next = random(2);
  for (let i = 0; i < 2000; i++) {
    const text = damaged(JSON.stringify(randomJson(next)), next);
    const { problems, root } = read(text);
    const syntax = problems.some(({ code }) => code === "ERR_SYNTAX");
    const right = !syntax && root !== undefined;
    assert.equal(right, isJson(text), text);
    if (right) assert.deepEqual(toJson(root), JSON.parse(text), text);
  }
});

Deno.test("parse() goes on after a mistake", () => {
  const { root, complete } = read('{"a": 1 "b": [2, x, {"c": 3}, "d": tru');
  assert.ok(root);
  assert.equal(complete, false);
  assert.deepEqual(toJson(root), { a: 1, b: [2, null, { c: 3 }, "d", null] });
});

Deno.test("parse() reports each mistake of JSON once, with a fix where one is sure", () => {
  const { problems } = read('{"a": 1, // one\n "b": 2 "c": 3,}');
  assert.deepEqual(
    problems.map(({ message, fixes }) => [message, fixes?.[0]?.title]),
    [
      ["Cannot read a comment: JSON has none", "Remove the comment"],
      ['Cannot read "c": a comma is missing before it', "Add a comma"],
      ['Cannot read ",": nothing follows it', "Remove the comma"],
    ],
  );
});

Deno.test("parse() allows comments and trailing commas in JSONC", () => {
  const { root, problems, comments } = read(
    '// head\n{"a": [1, /* two */ 2,],} // tail',
    "jsonc",
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(root && toJson(root), { a: [1, 2] });
  assert.deepEqual(comments.map(({ text }) => text), ["head", "two", "tail"]);
});

Deno.test("parse() gives every node of JSON the span of its text", () => {
  const text = '{ "a\\n": [1, "x", {"b": null}] , "c": -1.5e3 }';
  const spans: string[] = [];
  const walk = ({ span, ...node }: Node): void => {
    spans.push(text.slice(span.start, span.end));
    if (node.kind === "array") node.items.forEach(walk);
    if (node.kind !== "object") return;
    for (const { keySpan, value } of node.properties) {
      spans.push(text.slice(keySpan.start, keySpan.end));
      walk(value);
    }
  };
  walk(read(text).root ?? assert.fail());
  assert.deepEqual(spans, [
    text,
    '"a\\n"',
    '[1, "x", {"b": null}]',
    "1",
    '"x"',
    '{"b": null}',
    '"b"',
    "null",
    '"c"',
    "-1.5e3",
  ]);
});

Deno.test("parse() reads 200 levels of JSON and no more", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  assert.deepEqual(read(nested(200)).problems, []);
  const codes = (text: string) => read(text).problems.map(({ code }) => code);
  assert.deepEqual(codes(nested(201)), ["ERR_DEPTH"]);
  assert.deepEqual(codes(nested(5000)), ["ERR_DEPTH"]);
  assert.deepEqual(codes("[".repeat(5000)), ["ERR_DEPTH"]);
  assert.deepEqual(codes('{"a":'.repeat(5000)), ["ERR_DEPTH"]);
});

function read(text: string, language: Language = "json") {
  return parse({ name: "test", text, language });
}

function agrees(text: string): void {
  const { root, problems, complete } = read(text);
  const syntax = problems.filter(({ code }) => code === "ERR_SYNTAX");
  assert.deepEqual(syntax, [], text);
  assert.ok(root !== undefined && complete, text);
  assert.deepEqual(toJson(root), JSON.parse(text), text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A text with one character taken away, doubled or replaced. */
function damaged(text: string, next: () => number): string {
  const at = Math.floor(next() * text.length);
  const swaps = [
    '"',
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "1",
    "e",
    "-",
    "\\",
    "/",
    "t",
    " ",
  ];
  const other = swaps[Math.floor(next() * swaps.length)] ?? "";
  const kinds = [
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + text.charAt(at) + text.slice(at),
    text.slice(0, at) + other + text.slice(at + 1),
    text.slice(0, at),
  ];
  return kinds[Math.floor(next() * kinds.length)] ?? text;
}

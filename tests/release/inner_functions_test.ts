import assert from "node:assert/strict";
import { parenthesize, type Place } from "./inner_functions.ts";

/** A text with functions marked by « and », and the places of these. */
function marked(text: string): { text: string; places: readonly Place[] } {
  const open: number[] = [];
  const places: Place[] = [];
  let plain = "";
  for (const char of text) {
    if (char === "«") open.push(plain.length);
    else if (char === "»") {
      places.push({ start: open.pop() ?? 0, end: plain.length });
    } else plain += char;
  }
  return { text: plain, places };
}

const EXPRESSIONS = [
  ["a.map(«(x) => x + 1»)", "a.map(__ahead((x) => x + 1))"],
  ["const f = «x => x»;", "const f = __ahead(x => x);"],
  [
    "call(«async (x = g(1, ')')) => x»)",
    "call(__ahead(async (x = g(1, ')')) => x))",
  ],
  ["call(async «(x) => x»)", "call(__ahead(async (x) => x))"],
  [
    "a = «({ b }) => «(c) => b + c»»;",
    "a = __ahead(({ b }) => __ahead((c) => b + c));",
  ],
  ["({ a: «function () {}» })", "({ a: __ahead(function () {}) })"],
  ["return «function b() {}»;", "return __ahead(function b() {});"],
] as const;

Deno.test("parenthesize() puts functions that are expressions into parentheses", () => {
  for (const [before, after] of EXPRESSIONS) {
    const { text, places } = marked(before);
    assert.equal(parenthesize(text, places), after);
    new Function(`async () => { ${after} }`);
  }
});

const OTHERS = [
  "{ «function declared() {}» }",
  "({ «method(a) { return () => a; }» })",
  "class A { «get b() { return 1; }» }",
  "({ «async method() {}» })",
  "f(«(a = /[)]/) => a»)",
];

Deno.test("parenthesize() leaves methods, declarations and what it cannot tell alone", () => {
  for (const each of OTHERS) {
    const { text, places } = marked(each);
    assert.equal(parenthesize(text, places), text);
  }
});

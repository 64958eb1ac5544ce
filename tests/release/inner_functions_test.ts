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
    "call(__ahead(async function(x = g(1, ')')) { return (x); }))",
  ],
  [
    "call(async «(x) => x»)",
    "call(__ahead(async function(x) { return (x); }))",
  ],
  ["f = «async x => { a(x); }»;", "f = __ahead(async function(x) { a(x); });"],
  [
    "f = «async () =>\n  «() => 1»»;",
    "f = __ahead(async function() { return (__ahead(() => 1)); });",
  ],
  [
    "f = «async () => /* a\n */ 1»;",
    "f = __ahead(async function() { return (/* a\n */ 1); });",
  ],
  ["f = «async () => this.a»;", "f = __ahead(async () => this.a);"],
  [
    "({ «method(a) { return «() => a»; }» })",
    "({ method: __ahead( function(a) { return __ahead(() => a); }) })",
  ],
  [
    "return { a, «async method() {}» };",
    "return { a, method: __ahead(async function() {}) };",
  ],
  [
    "f({ «async [Symbol.asyncDispose]() {}» })",
    "f({ [Symbol.asyncDispose]: __ahead(async function() {}) })",
  ],
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
  "class A { «get b() { return 1; }» }",
  "class A { «method() {}» «async other() {}» }",
  "class A { x = { a }; «method() {}» }",
  "({ «__proto__() {}» })",
  "({ «get b() { return 1; }» })",
  "({ «*each() {}» })",
  "({ «method() { return super.method(); }» })",
  "f(«(a = /[)]/) => a»)",
];

Deno.test("parenthesize() leaves methods of classes, declarations and what it cannot tell alone", () => {
  for (const each of OTHERS) {
    const { text, places } = marked(each);
    assert.equal(parenthesize(text, places), text);
  }
});

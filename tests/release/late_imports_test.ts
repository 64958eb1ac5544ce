import assert from "node:assert/strict";
import {
  computed,
  filesNamedIn,
  lateModule,
  lateRequire,
  leftOver,
  rewriteImports,
  sharedNamespaces,
} from "./late_imports.ts";

const AT = {
  place: "cli/menu.ts",
  folder: "",
  groupOf: (place: string) => place.includes("run") ? "run.ts" : "rest.ts",
};

/** Source, what it becomes, and what it loads late. */
const CASES: Readonly<Record<string, readonly [string, string, string[]]>> = {
  "a function that loads a module": [
    `load: body<typeof import("./commands/run.ts")>("run"),`,
    `load: (() => import("../run.ts").then((m) => m.late["cli/commands/run.ts"]())),`,
    ["cli/commands/run.ts"],
  ],
  "a function with its argument on a line of its own": [
    `const a = later<typeof import("./a.ts")>(\n  "./a.ts",\n);`,
    `const a = (() => import("../rest.ts").then((m) => m.late["cli/a.ts"]()));`,
    ["cli/a.ts"],
  ],
  "a module named in part, on several lines": [
    `await load<\n  typeof import("./stop.ts")\n>("stop")`,
    `await import("../rest.ts").then((m) => m.late["cli/stop.ts"]())`,
    ["cli/stop.ts"],
  ],
  "a module named in part": [
    `await load<typeof import("./stop.ts")>("stop")`,
    `await import("../rest.ts").then((m) => m.late["cli/stop.ts"]())`,
    ["cli/stop.ts"],
  ],
  "a computed address": [
    `import(new URL("../outputs/a.ts", import.meta.url).href)`,
    `import("../rest.ts").then((m) => m.late["outputs/a.ts"]())`,
    ["outputs/a.ts"],
  ],
  "an import where it is needed": [
    `const { a } = await import("./a.ts");`,
    `const { a } = await Promise.resolve().then(() => require("./a.ts"));`,
    [],
  ],
  "types and what is built in, which stay": [
    `Promise<typeof import("./a.ts")> await import("node:sqlite")`,
    `Promise<typeof import("./a.ts")> await import("node:sqlite")`,
    [],
  ],
  "the WebAssembly that has to run first": [
    `import("blake3/dist/wasm/browser/blake3_js.js")`,
    `Promise.resolve().then(() => (require("blake3/dist/wasm/browser/blake3_js_bg.wasm"), ` +
    `require("blake3/dist/wasm/browser/blake3_js.js")))`,
    [],
  ],
  "a main module of a Worker": [
    `new Worker(new URL("./worker.ts", import.meta.url), {`,
    `new Worker(new URL("./worker.js", new URL("./cli/menu.ts", import.meta.url).href), {`,
    [],
  ],
  "its own folder": [
    `const dir = import.meta.dirname;`,
    `const dir = decodeURIComponent(new URL(".", new URL("./cli/menu.ts", import.meta.url)).pathname.slice(0, -1));`,
    [],
  ],
};

for (const [what, [source, text, late]] of Object.entries(CASES)) {
  Deno.test(`rewriteImports() rewrites ${what}`, () => {
    assert.deepEqual(rewriteImports(source, AT), { text, late });
  });
}

Deno.test("rewriteImports() keeps in a bundle of one file what is part of it, and nothing else", () => {
  const groupOf = (place: string) => place === "cli/a.ts" ? place : undefined;
  const rewritten = rewriteImports(
    `const a = later<typeof import("./a.ts")>("a"), b = body<typeof import("./b.ts")>("b");`,
    { ...AT, groupOf },
  );
  assert.deepEqual(rewritten, {
    text:
      `const a = (() => Promise.resolve().then(() => require("./a.ts"))), ` +
      `b = (() => Promise.reject(new Error("Cannot load \\"cli/b.ts\\": it is not part of this program")));`,
    late: [],
  });
});

Deno.test("rewriteImports() leaves a place alone that stays what it is", () => {
  const source = `new URL("../schemas/", import.meta.url)`;
  const place = "runtime/serve.ts";
  const at = { ...AT, place, folder: "runtime" };
  assert.equal(rewriteImports(source, at).text, source);
});

Deno.test("lateModule() hands out modules that run when they are asked for", () => {
  assert.equal(
    lateModule("runtime/rest.ts", ["cli/a.ts"]),
    `export const late = {\n  "cli/a.ts": () => require("../cli/a.ts"),\n};\n`,
  );
});

Deno.test("leftOver() reports what a bundler did not see", () => {
  assert.deepEqual(
    leftOver("a;\nreturn import(address);\nimport(`./${name}.js`);", false),
    ["import(address);", "import(`./${name}.js`);"],
  );
  const seen = 'import("./rest.js"); "import(${handler})"; import.meta.url;';
  assert.deepEqual(leftOver(seen, false), []);
  assert.deepEqual(leftOver("f(import.meta.url);", true), [
    "f(import.meta.url);",
  ]);
});

Deno.test("computed() hides imports of files from who reads ahead", () => {
  assert.equal(
    computed('import("./rest.js"); import("node:sqlite");'),
    'import(new URL("./rest.js", import.meta.url).href); import("node:sqlite");',
  );
});

Deno.test("filesNamedIn() finds what a file starts and loads", () => {
  const bundled = `new Worker(new URL("./w.js", new URL("./cli/a.ts", ` +
    `import.meta.url).href)); import(new URL("./rest.js", import.meta.url).href);`;
  assert.deepEqual(filesNamedIn(bundled, "main.js"), ["cli/w.js", "rest.js"]);
  assert.deepEqual(
    filesNamedIn('new URL("./a.js", import.meta.url)', "runtime/serve.js"),
    ["runtime/a.js"],
  );
});

Deno.test("lateRequire() asks for what is built in when it is required", () => {
  const bundled = 'import { createRequire as __made } from "node:module";\n' +
    "var __require = __made(import.meta.url);\nvar a = 1;";
  assert.equal(
    lateRequire(bundled),
    "var __require = (name) => process.getBuiltinModule(name);\nvar a = 1;",
  );
});

Deno.test("sharedNamespaces() has what is seen of a package made once", () => {
  const bundled =
    "var __toESM = (mod, isNodeMode, target) => ({ ...mod, made: made++ });";
  const twice = new Function(
    `let made = 0; ${sharedNamespaces(bundled)}
    const mod = { a: 1 };
    return [__toESM(mod), __toESM(mod), __toESM({ b: 2 })];`,
  );
  assert.deepEqual(twice(), [
    { a: 1, made: 0 },
    { a: 1, made: 0 },
    { b: 2, made: 1 },
  ]);
});

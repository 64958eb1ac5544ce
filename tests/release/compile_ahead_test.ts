import assert from "node:assert/strict";
import { compileAhead } from "./compile_ahead.ts";

const BUNDLED = `import {
  a
} from "./chunk.js";
import { join } from "node:path";

// cli/run.ts
var FILES = { probe };
function probe(path) {
  if (path === "}") {
    return function inner() {};
  }
}
async function unused() {
  await a;
}
function* short() {}
var init_run = __esm({
  "cli/run.ts"() {
    init_other();
    if (a) {
      FILES.b = 1;
    }
  }
});
var init_other = __esm({
  "cli/other.ts"() {
  }
});
export {
  probe
};
`;

const COMPILED = `import {
  a
} from "./chunk.js";
import { join } from "node:path";
var probe = __ahead(function (path) {
  if (path === "}") {
    return function inner() {};
  }
});
var short = __ahead(function* () {});

// cli/run.ts
var FILES = { probe };

async function unused() {
  await a;
}

var init_run = __esm({
  "cli/run.ts": __ahead(function() {
    init_other();
    if (a) {
      FILES.b = 1;
    }
  })
});
var init_other = __esm({
  "cli/other.ts"() {
  }
});
export {
  probe
};
`;

Deno.test("compileAhead() puts functions and modules that are used into parentheses", () => {
  const used = ["probe", "short", "cli/run.ts"];
  assert.equal(
    compileAhead(BUNDLED, (name) => used.includes(name)),
    COMPILED,
  );
});

Deno.test("compileAhead() leaves a file alone of which nothing is used", () => {
  assert.equal(compileAhead(BUNDLED, () => false), BUNDLED);
});

Deno.test("compileAhead() puts functions before imports that stand further down", () => {
  assert.equal(
    compileAhead(
      'a();\nimport { b } from "node:b";\nfunction a() {}',
      () => true,
    ),
    'var a = __ahead(function () {});\na();\nimport { b } from "node:b";\n',
  );
});

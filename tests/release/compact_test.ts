import assert from "node:assert/strict";
import { AHEAD, compact } from "./compact.ts";

Deno.test("compact() keeps names, and parentheses around what is compiled ahead", async () => {
  const file = await Deno.makeTempFile({ suffix: ".js" });
  try {
    const text = [
      "// What it does",
      `var named = ${AHEAD}(function (first) {`,
      "  return `${first}",
      "    two`; // as it is",
      "});",
      "",
      `export const both = [1].map(${AHEAD}((each) => named(each)));`,
      "",
    ];
    await Deno.writeTextFile(file, text.join("\n"));
    await compact([file]);
    assert.equal(
      await Deno.readTextFile(file),
      "var named=(function(first){return`${first}\n    two`});const both=[1].map((each=>named(each)));export{both};\n",
    );
    assert.deepEqual((await import(`file://${file}`)).both, ["1\n    two"]);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("compact() shortens names where that is asked for, and keeps licenses at the end", async () => {
  const file = await Deno.makeTempFile({ suffix: ".js" });
  try {
    const text = [
      "/*! of somebody */",
      `var named = ${AHEAD}(function (first) { return first + first; });`,
      `export const both = [1].map(${AHEAD}((each) => named(each)));`,
    ];
    await Deno.writeTextFile(file, text.join("\n"));
    await compact([file], { rename: true });
    const done = await Deno.readTextFile(file);
    assert.match(done, /^var (\w)=\(function\((\w)\)\{return \2\+\2\}\);/);
    assert.match(done, /\n\/\*! of somebody \*\/\n$/);
    assert.deepEqual((await import(`file://${file}?renamed`)).both, [2]);
  } finally {
    await Deno.remove(file);
  }
});

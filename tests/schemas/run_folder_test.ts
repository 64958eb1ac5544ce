import assert from "node:assert/strict";
import { runFolderName } from "../../schemas/mod.ts";

const CASES: readonly (readonly [string, string])[] = [
  ["exec-1_A.b", "exec-1_A.b"],
  ["..", "%2E."],
  [".", "%2E"],
  ["../x", "%2E.%2Fx"],
  ["a/b", "a%2Fb"],
  ["a%2Fb", "a%252Fb"],
  ["a b*'()!~", "a%20b%2A%27%28%29%21%7E"],
  ["é", "%C3%A9"],
];

for (const [id, name] of CASES) {
  Deno.test(`runFolderName() encodes "${id}"`, () => {
    assert.equal(runFolderName(id), name);
  });
}

Deno.test("runFolderName() takes an id that is not well-formed Unicode", () => {
  assert.equal(runFolderName("\ud800"), "%EF%BF%BD");
});

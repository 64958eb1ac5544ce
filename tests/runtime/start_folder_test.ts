import assert from "node:assert/strict";
import { named, startFolder } from "../../runtime/start_folder.ts";

const CASES: readonly (readonly [
  what: string,
  paths: readonly string[],
  folder: string | undefined,
  names: readonly string[],
])[] = [
  ["without commas", ["/a/b", "/c"], undefined, ["/a/b", "/c"]],
  ["one path", ["/a,b/c", "/d"], "/a,b", ["c", "/d"]],
  ["the folder itself", ["/x/a,b"], "/x/a,b", ["."]],
  [
    "one folder in another",
    ["/a,b/kit", "/a,b/w/x,y/state"],
    "/a,b/w/x,y",
    ["../../kit", "state"],
  ],
  ["a comma twice", ["/a,b/c,d/e"], "/a,b/c,d", ["e"]],
];

for (const [what, paths, folder, names] of CASES) {
  Deno.test(`startFolder() names paths without a comma: ${what}`, () => {
    assert.equal(startFolder(paths), folder);
    assert.deepEqual(paths.map((path) => named(path, folder)), names);
  });
}

Deno.test("startFolder() refuses two folders with commas that lie apart", () => {
  assert.throws(() => startFolder(["/a,b/kit", "/c,d/state"]), {
    code: "ERR_START",
    message: /^Cannot grant "\/a,b\/kit": /,
  });
});

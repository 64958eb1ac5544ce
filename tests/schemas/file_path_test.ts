import assert from "node:assert/strict";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import {
  basename,
  dirname,
  fileUrl,
  isAbsolute,
  join,
  nameInside,
  resolve,
} from "../../schemas/mod.ts";

/** Text in which everything that a path is made of comes often. */
const path = fc.array(
  fc.constantFrom("/", "/", ".", "..", "a", "b c", ".x", "é%", "\n", "?#\\"),
  { maxLength: 9 },
).map((parts) => parts.join(""));

Deno.test("join() is that of node:path", () => {
  fc.assert(fc.property(fc.array(path, { maxLength: 4 }), (parts) => {
    assert.equal(join(...parts), posix.join(...parts));
  }));
});

Deno.test("resolve() is that of node:path", () => {
  fc.assert(fc.property(path, path, (folder, relative) => {
    const from = `/${folder}`;
    assert.equal(resolve(from, relative), posix.resolve(from, relative));
  }));
});

Deno.test("dirname(), basename() and isAbsolute() are those of node:path", () => {
  fc.assert(fc.property(path, (each) => {
    // Only that one may leave slashes at the end.
    assert.equal(join(dirname(each), "."), join(posix.dirname(each), "."));
    assert.equal(basename(each), posix.basename(each));
    assert.equal(isAbsolute(each), posix.isAbsolute(each));
  }));
});

Deno.test("fileUrl() leads back to the path", () => {
  fc.assert(fc.property(path, (each) => {
    const absolute = posix.resolve("/", each);
    assert.equal(fileURLToPath(new URL(fileUrl(absolute))), absolute);
  }));
});

Deno.test("nameInside() tells what is in a folder from what begins alike", () => {
  const names = ["/a/b/c", "/a/bc", "/a/b", "/c"].map((file) =>
    nameInside(file, "/a/b")
  );
  assert.deepEqual(names, ["c", undefined, undefined, undefined]);
  assert.equal(nameInside("/a", "/"), "a");
});

import assert from "node:assert/strict";
import { posix } from "node:path";
import fc from "fast-check";
import {
  escapeForWorldPath,
  expandWritePrefix,
  parseWorldPath,
  runFolderName,
  underPrefix,
} from "../../schemas/mod.ts";
import { text } from "./documents.ts";
import { SETTINGS } from "./settings.ts";

const segment = fc.oneof(
  fc.constantFrom(
    "..",
    ".",
    "",
    "%2e%2e",
    "%2E.",
    "%2f",
    "a%2Fb",
    "%252e",
    "%00",
    "%",
    "\\",
    ".git",
    "é",
    "e\u0301",
    "\uff0e\uff0e",
    "\u2024\u2024",
    "inputs",
    "{execution_id}",
  ),
  text,
);
const path = fc.tuple(
  fc.constantFrom("/artifacts/", "/streams/", "/", "", "//artifacts//"),
  fc.array(segment, { maxLength: 5 }),
  fc.constantFrom("", "/"),
).map(([root, segments, end]) => `${root}${segments.join("/")}${end}`);

Deno.test("parseWorldPath() never answers a path that leaves its root", () => {
  fc.assert(
    fc.property(path, (text) => {
      const result = parseWorldPath(text);
      if (!result.ok) return assert.match(result.problem.code, /^ERR_/);
      assert.match(result.path, /^\/(?:artifacts|streams)\//);
      assert.equal(posix.normalize(result.path), result.path);
      for (const each of result.path.split("/")) {
        assert.ok(each !== "." && each !== ".." && each !== ".git", text);
      }
      assert.ok(!result.path.includes("//") && !result.path.includes("\\"));
    }),
    SETTINGS,
  );
});

Deno.test("parseWorldPath() leaves canonical paths as they are", () => {
  fc.assert(
    fc.property(path, (text) => {
      const once = parseWorldPath(text);
      if (!once.ok) return;
      const again = parseWorldPath(escapeForWorldPath(once.path));
      assert.deepEqual(again, once);
    }),
    SETTINGS,
  );
});

Deno.test("underPrefix() is the name below the write prefix, or nothing", () => {
  const seen = { taken: 0, refused: 0 };
  // The second one holds a `%`, which is not decoded again.
  const id = fc.constantFrom("x", "50%2541");
  const name = fc.array(segment, { maxLength: 4 })
    .map((segments) => segments.join("/"));
  fc.assert(
    fc.property(id, name, (id, name) => {
      const prefix = expandWritePrefix(
        "/artifacts/outputs/{execution_id}/",
        id,
      );
      assert.ok(prefix.ok);
      const result = underPrefix(prefix.path, name);
      seen[result.ok ? "taken" : "refused"]++;
      if (!result.ok) return assert.match(result.problem.code, /^ERR_/);
      assert.ok(!/%2f/i.test(name), name);
      const below = posix.normalize(decodeURIComponent(name)).normalize("NFC");
      assert.ok(name !== "" && !/^(?:\/|\.{1,2}(?:\/|$))/.test(below), name);
      assert.equal(result.path, `${prefix.path}${below}`);
    }),
    SETTINGS,
  );
  assert.ok(seen.taken > 0 && seen.refused > 0);
});

Deno.test("expandWritePrefix() answers a folder below /artifacts/ or nothing", () => {
  fc.assert(
    fc.property(path, text, (template, id) => {
      const result = expandWritePrefix(template, id);
      if (!result.ok) return;
      assert.match(result.path, /^\/artifacts\/.+\/$/su);
    }),
    SETTINGS,
  );
});

Deno.test("runFolderName() is one plain name, another one for another id", () => {
  fc.assert(
    fc.property(segment, segment, (one, other) => {
      const name = runFolderName(one);
      assert.ok(!name.includes("/") && name !== "." && name !== "..");
      if (one.toWellFormed() !== other.toWellFormed()) {
        assert.notEqual(name, runFolderName(other));
      }
    }),
    SETTINGS,
  );
});

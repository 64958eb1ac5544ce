import assert from "node:assert/strict";
import { fileURLToPath, pathToFileURL } from "node:url";
import fc from "fast-check";
import {
  filePath,
  fileUri,
  lastName,
  resolveFrom,
} from "../../lsp/file_uri.ts";

/** A URI as an editor sends it, and its path. */
const SENT: readonly (readonly [string, string | undefined])[] = [
  ["file:///data/u/inputs.yaml", "/data/u/inputs.yaml"],
  ["file:///data/u/a%20b/100%25.yaml", "/data/u/a b/100%.yaml"],
  ["file:///data/u/%C3%BC/%F0%9F%98%80.json", "/data/u/ü/😀.json"],
  ["file:///data/u/ü/😀.json", "/data/u/ü/😀.json"],
  ["file:/data/u/x.json", "/data/u/x.json"],
  ["FILE:///data/u/x.json", "/data/u/x.json"],
  ["file://localhost/data/u/x.json", "/data/u/x.json"],
  ["file:///c%3A/Data/u/x.json", "c:/Data/u/x.json"],
  ["file:///C:/Data/u/x.json", "C:/Data/u/x.json"],
  ["file://server/share/a%20b.json", "//server/share/a b.json"],
  ["file:///data/u/a%23b%3Fc.json", "/data/u/a#b?c.json"],
  ["file:///data/u/a.json?x#y", "/data/u/a.json"],
  ["file:///data/u/a%2Fb.json", undefined],
  ["file:///data/u/a%00b.json", undefined],
  ["file:///data/u/100%.json", undefined],
  ["file:x.json", undefined],
  ["untitled:Untitled-1", undefined],
  ["https://example.com/x.json", undefined],
  ["", undefined],
];

Deno.test("filePath() reads the URIs that editors send", () => {
  for (const [uri, path] of SENT) assert.equal(filePath(uri), path, uri);
});

Deno.test("fileUri() writes what RFC 8089 asks for", () => {
  assert.equal(fileUri("/a b/ü#?%.json"), "file:///a%20b/%C3%BC%23%3F%25.json");
  assert.equal(fileUri("/@x/a:b=c.json"), "file:///@x/a:b=c.json");
  assert.equal(fileUri("C:\\Data\\a b"), "file:///C:/Data/a%20b");
  assert.equal(fileUri("c:/Users"), "file:///c:/Users");
  assert.equal(fileUri("\\\\server\\share\\x"), "file://server/share/x");
  assert.equal(fileUri("//server/share/x"), "file://server/share/x");
  assert.equal(fileUri("/a\\b"), "file:///a%5Cb");
});

/** Absolute paths out of what is hard to write in a URI. */
const path = fc.array(
  fc.oneof(
    fc.constantFrom(
      "a b",
      "%",
      "%41",
      "#",
      "?",
      "ü",
      "😀",
      "\\",
      ":",
      "@",
      "~",
    ),
    fc.string({ unit: "grapheme", minLength: 1 }),
  ).map((name) => name.replaceAll(/[/\0]/g, "_")),
  { minLength: 1 },
).map((names) => `/${names.join("/")}`);

Deno.test("filePath() leads back from what fileUri() and node:url write", () => {
  fc.assert(fc.property(path, (each) => {
    fc.pre(!/^\/[A-Za-z]:(\/|$)/.test(each) && !each.endsWith("/"));
    assert.equal(filePath(fileUri(each)), each);
    const theirs = pathToFileURL(each);
    assert.equal(filePath(theirs.href), fileURLToPath(theirs));
    assert.equal(
      fileURLToPath(fileUri(fileURLToPath(theirs))),
      fileURLToPath(theirs),
    );
  }));
});

Deno.test("fileUri() and filePath() never throw", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    fileUri(text);
    filePath(text);
    filePath(`file://${text}`);
    lastName(text);
  }));
  assert.equal(filePath(fileUri("/a\ud800b")), "/a\ufffdb");
});

Deno.test("lastName() is what a document without a file is called", () => {
  assert.equal(lastName("untitled:Untitled-1"), "Untitled-1");
  assert.equal(lastName("vscode-vfs://github/o/r/a%20b.yaml?x"), "a b.yaml");
  assert.equal(lastName("git:/a/100%.yaml"), "100%.yaml");
});

Deno.test("resolveFrom() takes paths of both kinds of machine", () => {
  assert.equal(resolveFrom("/a/b", "../c/./d.png"), "/a/c/d.png");
  assert.equal(resolveFrom("/a/b", "/c//d"), "/c/d");
  assert.equal(resolveFrom("/a", "../../../x"), "/x");
  assert.equal(resolveFrom("C:/a/b", "../c.png"), "C:/a/c.png");
  assert.equal(resolveFrom("C:/a", "D:\\x\\y.png"), "D:/x/y.png");
  assert.equal(
    resolveFrom("//server/share/a", "b.png"),
    "//server/share/a/b.png",
  );
});

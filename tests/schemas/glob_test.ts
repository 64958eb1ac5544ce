import assert from "node:assert/strict";
import { globMatcher } from "../../schemas/glob.ts";

const PATHS = [
  "a.json",
  "b/a.json",
  "b/c/a.json",
  "b/c/a.yaml",
  "b/c/inputs.photo.yaml",
  "bc/a.json",
  "b/a.jsonc",
];

/** What `matchesGlob` of node:path says, too, which takes an environment permission. */
const MATCHES: Readonly<Record<string, readonly string[]>> = {
  "a.json": ["a.json"],
  "*.json": ["a.json"],
  "**/*.json": ["a.json", "b/a.json", "b/c/a.json", "bc/a.json"],
  "b/*.json": ["b/a.json"],
  "b/**/*.json": ["b/a.json", "b/c/a.json"],
  "b/**/c/*.yaml": ["b/c/a.yaml", "b/c/inputs.photo.yaml"],
  "*/a.*": ["b/a.json", "bc/a.json", "b/a.jsonc"],
  "**/inputs*.yaml": ["b/c/inputs.photo.yaml"],
  "b?/*": ["bc/a.json"],
  "**": PATHS,
};

for (const [glob, expected] of Object.entries(MATCHES)) {
  Deno.test(`globMatcher() knows what ${glob} stands for`, () => {
    assert.deepEqual(PATHS.filter(globMatcher(glob)), expected);
  });
}

Deno.test("globMatcher() takes names as they are, but for its signs", () => {
  assert.ok(globMatcher("./a (1)+[x].json")("a (1)+[x].json"));
  assert.ok(!globMatcher("a.json")("abjson"));
  assert.ok(globMatcher("{a,b}/{c,d}.json")("b/c.json"));
  assert.ok(!globMatcher("{a,b}/{c,d}.json")("b/e.json"));
  assert.ok(globMatcher("?.json")("😀.json"));
});

Deno.test("globMatcher() comes to an end on globs that are made to be slow", () => {
  const path = `${"a".repeat(200)}/${"b/".repeat(200)}c`;
  assert.ok(!globMatcher(`${"*a".repeat(100)}b`)(path));
  assert.ok(!globMatcher(`${"**/".repeat(200)}x`)(path));
  assert.ok(!globMatcher("{a,b}".repeat(60))(path));
});

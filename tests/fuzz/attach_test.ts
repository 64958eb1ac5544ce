import assert from "node:assert/strict";
import fc from "fast-check";
import { isObject, type Json, rewriteAttachments } from "../../schemas/mod.ts";
import { json } from "./documents.ts";
import { SETTINGS } from "./settings.ts";

const CID = `b3:${"1".repeat(64)}` as const;
const names = ["image", "other", "__proto__", ""];
const use = fc.constantFrom(...names).map((name) => ({ $attach: name }));
const withUses = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(use, use.map((use) => ({ ...use, more: 1 })), json),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie("value"), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).value;

Deno.test("rewriteAttachments() replaces every use of a known name and nothing else", () => {
  fc.assert(
    fc.property(withUses, fc.subarray(names), (value, known) => {
      const before = structuredClone(value);
      const artifact = (name: string) => ({
        $artifact: `/artifacts/inputs/${CID}/${name}`,
        cid: CID,
        mime: "image/png",
      });
      const after = rewriteAttachments(
        value,
        (name) => known.includes(name) ? artifact(name) : undefined,
      );
      assert.deepEqual(value, before, "its input is left alone");
      same(
        value,
        after,
        (name) => known.includes(name) ? artifact(name) : undefined,
      );
    }),
    SETTINGS,
  );
});

/** Walks both values together; where the one has a known use, the other has its artifact. */
function same(
  before: Json,
  after: Json,
  artifact: (name: string) => Json | undefined,
): void {
  const [entry, ...more] = isObject(before) ? Object.entries(before) : [];
  const [key, name] = more.length === 0 ? entry ?? [] : [];
  const isUse = key === "$attach" && typeof name === "string";
  const expected = isUse ? artifact(name) : undefined;
  if (expected !== undefined) return assert.deepEqual(after, expected);
  if (Array.isArray(before)) {
    assert.ok(Array.isArray(after) && after.length === before.length);
    before.forEach((item, i) => same(item, after[i] ?? null, artifact));
  } else if (isObject(before)) {
    assert.ok(isObject(after));
    assert.deepEqual(Object.keys(after), Object.keys(before));
    for (const [key, item] of Object.entries(before)) {
      same(item, after[key] ?? null, artifact);
    }
  } else assert.equal(after, before);
}

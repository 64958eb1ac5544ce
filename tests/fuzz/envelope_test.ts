import assert from "node:assert/strict";
import fc from "fast-check";
import {
  canonicalJson,
  indexJson,
  isObject,
  type Json,
  type OutputRecord,
  sortOutputs,
} from "../../schemas/mod.ts";
import { json } from "./documents.ts";
import { SETTINGS } from "./settings.ts";

/** What JSON text can carry: half surrogates are no Unicode, -0 is 0. */
const wellFormed = json.map((value): Json =>
  JSON.parse(
    JSON.stringify(value),
    (_, each) =>
      typeof each === "string"
        ? each.toWellFormed()
        : isObject(each)
        ? Object.fromEntries(
          Object.entries(each).map(([key, item]) => [key.toWellFormed(), item]),
        )
        : each,
  )
);

Deno.test("canonicalJson() is read back as the same value, on one line, with sorted keys", () => {
  fc.assert(
    fc.property(wellFormed, (value) => {
      const text = canonicalJson(value);
      assert.ok(!text.includes("\n"));
      const back = JSON.parse(text);
      assert.deepEqual(back, JSON.parse(JSON.stringify(value)));
      assert.equal(canonicalJson(back), text);
      sorted(text);
    }),
    SETTINGS,
  );
});

/** Keys in the order of the text, but for those that look like numbers, which objects put first. */
function sorted(text: string): void {
  JSON.parse(text, (_, value) => {
    if (!isObject(value)) return value;
    const keys = Object.keys(value).filter((key) => !/^\d+$/.test(key));
    assert.deepEqual(keys, keys.toSorted(byUtf16));
    return value;
  });
}

function byUtf16(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const record = fc.string({ unit: "grapheme" }).map((name): OutputRecord => ({
  path: `/artifacts/outputs/${name}`,
  cid: `b3:${"0".repeat(64)}`,
  size_bytes: 1,
  mime: "text/plain",
}));

Deno.test("sortOutputs() and indexJson() do not depend on the order they are given", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(record, { selector: ({ path }) => path }),
      (outputs) => {
        const there = indexJson(sortOutputs(outputs));
        const back = indexJson(sortOutputs(outputs.toReversed()));
        assert.equal(there, back);
        assert.equal(JSON.parse(there).outputs.length, outputs.length);
      },
    ),
    SETTINGS,
  );
});

import assert from "node:assert/strict";
import { barsText, bytesText, isMet, partText } from "../../bench/plan.ts";

Deno.test("partText() is a Markdown table with a title", () => {
  const head = ["what", "ms"];
  assert.equal(
    partText({ title: "A", head, rows: [["b", "1.0"]], bars: [] }),
    "\n## A\n\n| what | ms |\n| --- | --- |\n| b | 1.0 |\n",
  );
});

Deno.test("isMet() knows limits from above and from below", () => {
  const bar = { name: "A", limit: 5, unit: "ms" };
  assert.equal(isMet({ ...bar, found: 5 }), true);
  assert.equal(isMet({ ...bar, found: 5.1 }), false);
  assert.equal(isMet({ ...bar, found: 5.1, atLeast: true }), true);
  assert.equal(isMet({ ...bar, found: 4.9, atLeast: true }), false);
});

Deno.test("barsText() says what is met and what is missed", () => {
  const text = barsText([
    { name: "a", found: 1.234, limit: 2, unit: "×" },
    { name: "b", found: 80, limit: 90, atLeast: true, unit: "%" },
  ]);
  assert.match(text, /\| a \| 1\.23 × \| ≤ 2 × \| met \|/);
  assert.match(text, /\| b \| 80\.00 % \| ≥ 90 % \| \*\*missed\*\* \|/);
});

Deno.test("bytesText() chooses a unit", () => {
  assert.deepEqual(
    [0, 999, 1024, 1.5 * 1024 ** 2, 2 ** 30].map(bytesText),
    ["0 B", "999 B", "1.0 kB", "1.5 MB", "1.0 GB"],
  );
});

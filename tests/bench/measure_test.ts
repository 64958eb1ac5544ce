import assert from "node:assert/strict";
import { measure, median } from "../../bench/measure.ts";

Deno.test("measure() runs the cases in turn and leaves out the first round", async () => {
  const seen: string[] = [];
  const times: Record<string, number[]> = {
    a: [900, 10, 30, 20],
    b: [900, 40, 41, 90],
  };
  const measured = await measure(
    [{ name: "A", args: ["a"] }, { name: "B", args: ["b"], budget: 3 }],
    {
      rounds: 3,
      run: ([name = ""]) => {
        seen.push(name);
        return Promise.resolve(times[name]?.shift() ?? NaN);
      },
    },
  );
  assert.equal(seen.join(""), "abababab");
  assert.deepEqual(measured, [
    { name: "A", median: 20, fastest: 10, slowest: 30, ratio: 1 },
    { name: "B", median: 41, fastest: 40, slowest: 90, ratio: 2.05, budget: 3 },
  ]);
});

Deno.test("measure() fails with the case that fails", async () => {
  const run = () => Promise.reject(new Error("exit 3"));
  await assert.rejects(
    measure([{ name: "A", args: [] }], { rounds: 1, run }),
    /exit 3/,
  );
});

Deno.test("median() takes the middle, or the mean of two", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([9, 1, 5, 7]), 6);
});

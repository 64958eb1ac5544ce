import assert from "node:assert/strict";
import { chooseRounds } from "./kill_loop/choose.ts";
import { killLoop } from "./kill_loop/kill_loop.ts";

const FROM_PROCESS = { count: 100, seed: 20251121, from: "process" } as const;
const FROM_RECORD = { count: 100, seed: 20261121, from: "record" } as const;

for (const { count, seed, from } of [FROM_PROCESS, FROM_RECORD]) {
  Deno.test(`the kills from the ${from} on meet handlers of every kind that goes on`, () => {
    const killed = chooseRounds(count, seed, from)
      .filter(({ kill }) => kill !== undefined);
    assert.deepEqual([...new Set(killed.map((each) => each.handler))].sort(), [
      ...["big", "hoard", "spin", "wait", "work"],
    ]);
  });
}

Deno.test("a hundred kills at random moments leave no process, no file and no untrue record", async () => {
  const report = await killLoop({
    count: 100,
    seed: 20251121,
    from: "process",
  });
  assert.deepEqual(report.wrong, []);
});

Deno.test("a hundred kills of recorded runs leave a hundred true records, and nothing else", async () => {
  const report = await killLoop(FROM_RECORD);
  assert.deepEqual(report.wrong, []);
  assert.equal(report.records["none"], undefined);
});

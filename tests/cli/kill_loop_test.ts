import assert from "node:assert/strict";
import { killLoop } from "./kill_loop/kill_loop.ts";

Deno.test("thirty kills at random moments leave no process, no file and no untrue record", async () => {
  const report = await killLoop({ count: 30, seed: 20251121, from: "process" });
  assert.deepEqual(report.wrong, []);
});

Deno.test("thirty kills of recorded runs leave thirty true records, and nothing else", async () => {
  const report = await killLoop({ count: 30, seed: 20261121, from: "record" });
  assert.deepEqual(report.wrong, []);
  assert.equal(report.records["none"], undefined);
});

import assert from "node:assert/strict";
import { killLoop } from "./kill_loop/kill_loop.ts";

Deno.test("thirty kills at random moments leave no process, no file and no untrue record", async () => {
  const report = await killLoop(30, 20251121);
  assert.deepEqual(report.wrong, []);
});

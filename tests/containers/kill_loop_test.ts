import assert from "node:assert/strict";
import { eachEngine } from "./each_engine.ts";
import { containerLoop } from "./loop/container_loop.ts";

eachEngine(
  "twelve kills at random moments leave no container, network or file, and no untrue record",
  async (engine) => {
    const report = await containerLoop(engine, { count: 12, seed: 20261121 });
    assert.deepEqual(report.wrong, []);
  },
);

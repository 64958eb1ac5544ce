import assert from "node:assert/strict";
import { eachEngine } from "./each_engine.ts";
import { containerLoop } from "./loop/container_loop.ts";

eachEngine(
  "kills at random moments leave no container, network or file, and no untrue record",
  async (engine) => {
    const from = "process";
    const report = await containerLoop(engine, {
      count: 6,
      seed: 20261121,
      from,
    });
    assert.deepEqual(report.wrong, []);
  },
);

eachEngine(
  "kills of recorded runs on containers leave a true record each",
  async (engine) => {
    const from = "record";
    const report = await containerLoop(engine, {
      count: 6,
      seed: 20261122,
      from,
    });
    assert.deepEqual(report.wrong, []);
    assert.equal(report.records["none"], undefined);
  },
);

import assert from "node:assert/strict";
import { requireSaid } from "../../adapters/outputs/said_paths.ts";

Deno.test("requireSaid() takes no file of another folder for one that the processor says it wrote", async () => {
  const info = await Deno.stat(".");
  const saying = (place: string) => () =>
    requireSaid({ outputs: [{ path: "/artifacts/a.txt" }] }, {
      found: [{ names: ["a.txt"], place, info }],
      artifacts: "/runs/one/",
    });
  saying("/runs/one/a.txt")();
  assert.throws(saying("/runs/two/a.txt"), { code: "ERR_OUTPUT_MISSING" });
});

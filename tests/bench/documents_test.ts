import assert from "node:assert/strict";
import { documents } from "../../bench/documents.ts";

Deno.test({
  name: "documents() finds how much memory a check takes",
  // What a process had at most is read from `/proc`.
  ignore: Deno.build.os !== "linux",
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const plan = { folder, quick: true, bare: 1, rounds: 1 };
      const { head, rows } = await documents(plan, [1000]);
      assert.deepEqual(head, [
        ...["document", "language", "ms", "ratio", "peak memory"],
      ]);
      assert.equal(rows.length, 2);
      // A runtime alone takes megabytes.
      for (const row of rows) assert.match(row.at(-1) ?? "", /^[\d.]+ MB$/);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

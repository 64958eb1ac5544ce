import assert from "node:assert/strict";
import { afterwards } from "../../bench/afterwards.ts";

Deno.test("afterwards() cleans up and answers what came of the work", async () => {
  const done: string[] = [];
  const work = () => Promise.resolve(done.push("work"));
  const cleanUp = () => Promise.resolve(done.push("clean"));
  assert.equal(await afterwards(work, cleanUp), 1);
  assert.deepEqual(done, ["work", "clean"]);
});

Deno.test("afterwards() throws what the work threw, whatever the clean-up throws", async () => {
  const work = () => Promise.reject(new Error("first"));
  const cleanUp = () => Promise.reject(new Error("second"));
  await assert.rejects(afterwards(work, cleanUp), /first/);
  await assert.rejects(
    afterwards(() => Promise.resolve(), cleanUp),
    /second/,
  );
});

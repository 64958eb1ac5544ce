import assert from "node:assert/strict";
import { meantRef, notRunning } from "../../cli/not_running.ts";
import type { Instance } from "../../adapters/mod.ts";
import { plainWorld } from "./plain_world.ts";

/** An engine that has instances of these refs. */
function known(...refs: readonly string[]) {
  const list = () =>
    Promise.resolve(refs.map((ref) => {
      const instance: unknown = { ref };
      return { instance: instance as Instance, state: "running" as const };
    }));
  return { engine: { list }, world: plainWorld([]).world };
}

Deno.test("meantRef() prefers instances, and takes shipped processors", async () => {
  assert.equal(
    await meantRef("demo/helo@1", known("demo/hello@1")),
    "demo/hello@1",
  );
  assert.equal(
    await meantRef("llm/litelm@1", known("llm/litelm2@1")),
    "llm/litelm2@1",
  );
  assert.equal(await meantRef("llm/litelm@1", known()), "llm/litellm@1");
  assert.equal(await meantRef("llm/litellm@1", known()), undefined);
  assert.equal(await meantRef("other/thing@1", known()), undefined);
});

Deno.test("notRunning() says how to start what is known, and asks about the rest", async () => {
  const right = await notRunning("llm/litellm@1", known());
  assert.equal(right.hint, "Start it: localctl start --ref llm/litellm@1");
  const wrong = await notRunning("llm/litelm@1", known());
  assert.match(wrong.message, /did you mean "llm\/litellm@1"$/);
  assert.equal(wrong.hint, undefined);
});

import assert from "node:assert/strict";
import { wholeLog } from "../../../adapters/containers/container_logs.ts";

/** A container whose engine answers this when it is asked for the log. */
function saying(answer: unknown): Parameters<typeof wholeLog>[0] {
  const logs: unknown = () => Promise.resolve(answer);
  return { logs } as Parameters<typeof wholeLog>[0];
}

Deno.test("wholeLog() reads lines out of what an engine sends, without secrets", async () => {
  const text = new TextEncoder().encode("one\nand sk-secret\n");
  const piece = new Uint8Array([1, 0, 0, 0, 0, 0, 0, text.length, ...text]);
  const secrets = ["sk-secret"];
  const lines = await wholeLog(saying(piece), { secrets });
  assert.deepEqual(lines, ["one", "and ***"]);
});

for (const answer of ["", { cause: "no such container", response: 404 }]) {
  Deno.test(`wholeLog() has no lines when an engine answers ${JSON.stringify(answer)}`, async () => {
    assert.deepEqual(await wholeLog(saying(answer), { secrets: [] }), []);
  });
}

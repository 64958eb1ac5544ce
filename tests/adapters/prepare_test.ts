import assert from "node:assert/strict";
import type { Line, Transport } from "../../adapters/mod.ts";
import { websocketTransport } from "../../adapters/mod.ts";
import { openLocal } from "./local_fixture.ts";

/** The real transport, and how many lines it has met and closed. */
function counting() {
  const count = { met: 0, closed: 0 };
  const real = websocketTransport();
  const counted = (line: Line): Line => ({
    run: line.run,
    close() {
      count.closed++;
      line.close();
    },
  });
  const transport: Transport = {
    run: real.run,
    async meet(processor) {
      const line = await real.meet?.(processor);
      count.met++;
      return line && counted(line);
    },
  };
  return { transport, count };
}

Deno.test("prepare() meets an instance ahead of the run, which uses that line", async () => {
  const { transport, count } = counting();
  await using local = await openLocal({ transport });
  const { processor } = local.sandbox;
  await local.sandbox.start();
  {
    await using _ahead = local.adapter.prepare?.(processor);
    const { status } = await local.invoke({});
    assert.equal(status, "success");
  }
  assert.deepEqual(count, { met: 1, closed: 1 });
});

Deno.test("prepare() closes the line when there is no run after all", async () => {
  const { transport, count } = counting();
  await using local = await openLocal({ transport });
  const { processor } = local.sandbox;
  await local.sandbox.start();
  {
    await using _ahead = local.adapter.prepare?.(processor);
  }
  assert.deepEqual(count, { met: 1, closed: 1 });
});

Deno.test("invoke() looks anew when what was found ahead of it is old", async () => {
  const { transport, count } = counting();
  let now = 0;
  await using local = await openLocal({ transport, monotonic: () => now });
  const { processor } = local.sandbox;
  await local.sandbox.start();
  {
    await using _ahead = local.adapter.prepare?.(processor);
    now = 5000;
    await local.invoke({});
  }
  assert.deepEqual(count, { met: 2, closed: 2 });
});

Deno.test("prepare() finds nothing where no instance is, and invoke() goes on", async () => {
  await using local = await openLocal();
  await using _ahead = local.adapter.prepare?.(local.sandbox.processor);
  const { status } = await local.invoke({});
  assert.equal(status, "success");
});

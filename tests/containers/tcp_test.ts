import assert from "node:assert/strict";
import type { TestEngine } from "./each_engine.ts";
import { eachEngine } from "./each_engine.ts";
import { probeGround, requireCode } from "./probe_ground.ts";

/** Nobody listens at port 9. */
const PROXY = { HTTP_PROXY: "http://127.0.0.1:9", NO_PROXY: "" };

eachEngine(
  "localctl start, status, logs and stop go past a proxy to an engine that listens on a port",
  async (engine) => {
    using port = portOf(engine);
    const names = Object.keys(engine.env);
    const env = Object.fromEntries(names.map((name) => [name, port.address]));
    await using ground = await probeGround({
      ...engine,
      env: { ...env, ...PROXY },
    });
    requireCode(await ground.local("start"), 0);
    const status = requireCode(await ground.local("status", ["--json"]), 0);
    const [row] = JSON.parse(status.stdout).instances;
    assert.equal(row.state, "running");
    assert.equal(row.image.drift, false);
    const logs = requireCode(await ground.local("logs"), 0);
    assert.match(logs.stdout, /the probe begins/);
    requireCode(await ground.local("stop"), 0);
    assert.deepEqual(await ground.left(), []);
  },
);

/** A port of this machine that leads to the socket of an engine. */
function portOf({ socket }: TestEngine) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  void (async () => {
    for await (const inner of listener) void joined(inner, socket);
  })();
  return {
    address: `tcp://127.0.0.1:${listener.addr.port}`,
    [Symbol.dispose]: () => listener.close(),
  };
}

async function joined(inner: Deno.Conn, path: string): Promise<void> {
  const outer = await Deno.connect({ transport: "unix", path });
  await Promise.allSettled([
    inner.readable.pipeTo(outer.writable),
    outer.readable.pipeTo(inner.writable),
  ]);
}

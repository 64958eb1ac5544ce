import assert from "node:assert/strict";
import { join } from "node:path";
import { eachEngine } from "./each_engine.ts";
import { probeGround, requireCode } from "./probe_ground.ts";

eachEngine(
  "localctl tells when another engine is asked than the one that has the container",
  async (engine) => {
    await using ground = await probeGround(engine);
    requireCode(await ground.local("start"), 0);
    const id = await ground.id();
    await using other = emptyEngine(join(ground.dir, "other.sock"));
    const env = { DOCKER_HOST: other.address };

    const status = await ground.local("status", ["--json"], env);
    const [row] = JSON.parse(requireCode(status, 0).stdout).instances;
    assert.equal(row.state, "running");
    assert.equal(row.image.drift, false);
    assert.equal(row.source.image, "recorded");
    for (const word of ["stop", "logs"]) {
      const told = requireCode(await ground.local(word, [], env), 9);
      assert.match(
        told.stderr,
        /ERR_ENGINE_UNAVAILABLE .*it was made on the engine at unix:/,
        word,
      );
      assert.ok(
        told.stderr.includes(`DOCKER_HOST=${engine.address}`),
        told.stderr,
      );
    }
    const again = await ground.local("start", ["--json"], env);
    const { note } = JSON.parse(requireCode(again, 0).stdout);
    assert.equal(note, "already_running");
    assert.equal(await ground.id(), id);
    requireCode(await ground.local("stop"), 0);
    assert.deepEqual(await ground.left(), []);
  },
);

/** An engine that has no containers. */
function emptyEngine(path: string) {
  const missing = { message: "No such container" };
  const server = Deno.serve({ path, onListen() {} }, ({ url }) => {
    const { pathname } = new URL(url);
    if (pathname === "/_ping") return new Response("OK");
    return pathname.endsWith("/containers/json")
      ? Response.json([])
      : Response.json(missing, { status: 404 });
  });
  return {
    address: `unix://${path}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

import assert from "node:assert/strict";
import { runFolderName } from "../../schemas/mod.ts";
import { type ContainerOptions, startContainer } from "./container_process.ts";
import { errorOf, requestFrame, talk } from "./socket_client.ts";

Deno.test("a container runs what is baked into it and logs to standard output", async () => {
  await using server = await startContainer();
  const { last, code } = await talk(server.url, requestFrame("R1"));
  assert.equal(code, 1000);
  assert.deepEqual(
    (last["control"] as Record<string, unknown>)["status"],
    "success",
  );
  const file = `${server.runsDir}/${runFolderName("R1")}`;
  assert.equal((await Deno.stat(file)).isDirectory, true);
  assert.equal(await server.end("SIGTERM"), 0);
  const log = await server.log;
  assert.deepEqual(log.map(({ event }) => event), [
    "server.start",
    "ws.run.start",
    "ws.run.settle",
    "ws.close",
    "server.stop",
  ]);
  assert.equal(log[0]?.["ref"], "test/echo@1");
});

Deno.test("a container says at /healthz what IMAGE_DIGEST says", async () => {
  const digest = `sha256:${"1".repeat(64)}`;
  await using server = await startContainer({ env: { IMAGE_DIGEST: digest } });
  const response = await fetch(`${server.url}/healthz`);
  assert.deepEqual(await response.json(), { ok: true, digest });
});

Deno.test("a container asks for THEORY_TOKEN", async () => {
  await using server = await startContainer({ env: { THEORY_TOKEN: "t0k3n" } });
  const request = requestFrame("R1");
  const stranger = await fetch(`${server.url}/run`, { method: "POST" });
  await stranger.body?.cancel();
  assert.equal(stranger.status, 401);
  assert.equal(
    (await talk(server.url, request, { token: "t0k3n" })).code,
    1000,
  );
});

Deno.test("a container runs real with the secrets that its environment has", async () => {
  await using server = await startContainer({ env: { KEY_OF_ECHO: "sesame" } });
  const real = requestFrame("R1", { mode: "real" });
  assert.equal((await talk(server.url, real)).code, 1000);
  await using poor = await startContainer();
  const refused = await talk(poor.url, real);
  assert.equal(errorOf(refused)["code"], "ERR_MISSING_SECRET");
});

Deno.test("a container ends at SIGINT, too", async () => {
  await using server = await startContainer();
  assert.equal(await server.end("SIGINT"), 0);
});

refusedContainer("whose registry.yaml is none", {
  lines: ["nobody: knows"],
}, /nobody/);
refusedContainer("that reaches a host whose name is no URL", {
  lines: ["network: { allow: [$KEY_OF_ECHO] }"],
  env: { KEY_OF_ECHO: "no url" },
}, /its value is not a URL/);

function refusedContainer(
  name: string,
  options: ContainerOptions,
  message: RegExp,
): void {
  Deno.test(`a container ${name} says so and ends with 1`, async () => {
    await using server = await startContainer(options);
    assert.equal(await server.end("SIGTERM"), 1);
    const [line] = await server.log;
    assert.equal(line?.["event"], "server.refused");
    assert.match(`${line?.["message"]}`, message);
  });
}

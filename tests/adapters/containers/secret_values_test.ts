import assert from "node:assert/strict";
import { join } from "node:path";
import type { ContainerParts } from "../../../adapters/containers/parts.ts";
import { secretValuesOf } from "../../../adapters/containers/secret_values.ts";
import type { Instance } from "../../../adapters/engine_port.ts";
import { temporary } from "../temporary.ts";

const ENVIRONMENT = ["HOME=/tmp", "KEY=a=b", "OTHER_KEY=c", "KEY2=d"];

/** An engine that has the container `here`. */
async function engineIn(folder: string) {
  const path = join(folder, "engine.sock");
  const server = Deno.serve({ path, onListen() {} }, ({ url }) => {
    const { pathname } = new URL(url);
    if (pathname === "/_ping") return new Response("OK");
    return pathname === "/containers/here/json"
      ? Response.json({ Config: { Env: ENVIRONMENT } })
      : Response.json({ message: "No such container" }, { status: 404 });
  });
  const address = { from: "default", url: `unix://${path}`, at: { path } };
  const parts: ContainerParts = {
    stateDir: await Deno.realPath(folder),
    addresses: [address],
    permitted: (addresses) => Promise.resolve(addresses),
    env: () => undefined,
    now: () => new Date(0),
    randomToken: () => "t",
  };
  return {
    parts,
    url: address.url,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function instance(id: string, engine: string): Instance {
  return {
    ref: "demo/probe@1",
    engine: "docker",
    container: {
      id,
      name: "probe",
      image: "probe",
      imageId: "sha256:1",
      platform: "amd64",
      engine,
      healthUrl: "http://127.0.0.1:1/healthz",
    },
    port: 1,
    url: "http://127.0.0.1:1",
    token: "",
    startedAt: "1970-01-01T00:00:00Z",
    digest: "sha256:1",
    secrets: ["KEY", "OTHER_KEY", "UNSET"],
    runsDir: "",
    layout: "shared",
    alreadyRunning: true,
  };
}

Deno.test("secretValuesOf() answers what a container was given by name", async () => {
  await using place = await temporary();
  await using engine = await engineIn(place.folder);
  const values = await secretValuesOf(
    engine.parts,
    instance("here", engine.url),
  );
  assert.deepEqual(values, ["a=b", "c"]);
});

Deno.test("secretValuesOf() has none of what is gone, and refuses what another engine has", async () => {
  await using place = await temporary();
  await using engine = await engineIn(place.folder);
  const { parts, url } = engine;
  assert.deepEqual(await secretValuesOf(parts, instance("gone", url)), []);
  await assert.rejects(
    secretValuesOf(parts, instance("there", "unix:///nowhere/docker.sock")),
    {
      code: "ERR_ENGINE_UNAVAILABLE",
      message: /it was made on the engine at unix:\/\/\/nowhere/,
    },
  );
});

import assert from "node:assert/strict";
import type { EngineSocket } from "../../../adapters/containers/addresses.ts";
import { askEngine } from "../../../adapters/containers/ask_engine.ts";
import type { ContainerParts } from "../../../adapters/containers/parts.ts";
import { pendingPath } from "../../../adapters/containers/pending.ts";
import { startContainer } from "../../../adapters/containers/start_container.ts";
import {
  endOthers,
  removeLeft,
  stopContainer,
} from "../../../adapters/containers/stop_container.ts";
import {
  instancesDir,
  type Place,
  placeOf,
} from "../../../adapters/sandbox/place.ts";
import { writeRecord } from "../../../adapters/sandbox/record.ts";
import { Failure } from "../../../schemas/mod.ts";
import {
  type EngineServer,
  engineServer,
  type Instead,
} from "../programs/engine_server.ts";
import { failureOf, startRequest, until } from "../sandbox_fixture.ts";

/** Where an engine listens that is not asked. */
const OTHER = "unix:///run/other.sock";

const GONE = Response.json({ message: "No such container" }, { status: 404 });

Deno.test("startContainer() leaves a container alone that is silent on another engine", async () => {
  await using ground = await oneEngine((asked) =>
    asked.startsWith("GET /containers/c0/") ? GONE.clone() : undefined
  );
  const { place } = ground;
  await writeRecord(place.record, silentContainer(ground));
  const { code, message, hint = "" } = await failureOf(start(ground));
  assert.equal(code, "ERR_ENGINE_UNAVAILABLE");
  assert.match(message, /it was made on the engine at unix:/);
  assert.ok(hint.includes(`DOCKER_HOST=${OTHER}`), hint);
  assert.ok(hint.includes(place.record), hint);
  await Deno.stat(place.record);
  await Deno.stat(place.runsDir);
  assert.deepEqual([...ground.engine.made], []);
});

Deno.test("what a killed start made on another engine is not forgotten", async () => {
  await using ground = await oneEngine();
  const { place, parts, ref } = ground;
  const file = pendingPath(place.record);
  await Deno.writeTextFile(file, OTHER);
  const { signal } = new AbortController();
  for (
    const asked of [
      () => stopContainer(parts, ref),
      () => start(ground),
      () => removeLeft(parts, ref, signal),
    ]
  ) {
    const { code, hint = "" } = await failureOf(asked());
    assert.equal(code, "ERR_ENGINE_UNAVAILABLE");
    assert.ok(hint.includes(`DOCKER_HOST=${OTHER}`), hint);
    assert.ok(hint.includes(file), hint);
    assert.equal(await Deno.readTextFile(file), OTHER);
    await Deno.stat(place.runsDir);
  }
  assert.deepEqual([...ground.engine.made], []);
});

Deno.test("what was made on the engine that is asked, or nobody knows where, is removed", async () => {
  await using ground = await oneEngine();
  const { place, parts, ref, url } = ground;
  for (const where of [url, ""]) {
    await Deno.writeTextFile(pendingPath(place.record), where);
    await Deno.mkdir(place.runsDir, { recursive: true });
    assert.equal(await stopContainer(parts, ref), false);
    await assert.rejects(Deno.stat(pendingPath(place.record)));
    await assert.rejects(Deno.stat(place.runsDir));
  }
});

Deno.test("startContainer() says on which engine it makes something", async () => {
  const said: string[] = [];
  await using ground = await oneEngine(async (asked) => {
    if (asked !== "POST /containers/create") return undefined;
    said.push(await Deno.readTextFile(pendingPath(ground.place.record)));
    return Response.json({ message: "no luck" }, { status: 500 });
  });
  assert.equal((await failureOf(start(ground))).code, "ERR_START");
  assert.deepEqual(said, [ground.url]);
});

Deno.test("removeLeft() leaves an engine that hangs, and removes nothing when it answers late", async () => {
  const goesOn = Promise.withResolvers<undefined>();
  await using ground = await oneEngine((asked) =>
    asked === "GET /containers/json" ? goesOn.promise : undefined
  );
  const { place, parts, ref, engine } = ground;
  await Deno.writeTextFile(pendingPath(place.record), "");
  await askEngine(ground.at, "/containers/create", "POST");
  const limit = new AbortController();
  const leaving = failureOf(removeLeft(parts, ref, limit.signal));
  await until(() => engine.asked.includes("GET /containers/json"));
  limit.abort();
  assert.equal((await leaving).code, "ERR_INTERRUPTED");
  goesOn.resolve(undefined);
  // Who went on would meanwhile have asked for more.
  for (let i = 0; i < 20; i++) await askEngine(ground.at, "/_ping");
  assert.deepEqual([...engine.made], ["c1"]);
  await Deno.stat(pendingPath(place.record));
});

Deno.test("stopContainer() and endOthers() leave an engine that hangs when they are interrupted", async () => {
  const goesOn = Promise.withResolvers<undefined>();
  await using ground = await oneEngine((asked) =>
    asked === "GET /_ping" ? undefined : goesOn.promise
  );
  const { parts, ref } = ground;
  const interrupt = new AbortController();
  const { signal } = interrupt;
  const leaving = Promise.all([
    failureOf(stopContainer(parts, ref, signal)),
    failureOf(endOthers(parts, new Set(), signal)),
  ]);
  const lists = () =>
    ground.engine.asked.filter((asked) => asked === "GET /containers/json");
  await until(() => lists().length === 2);
  interrupt.abort(new Failure("ERR_INTERRUPTED", "Interrupted"));
  const codes = (await leaving).map(({ code }) => code);
  assert.deepEqual(codes, ["ERR_INTERRUPTED", "ERR_INTERRUPTED"]);
  goesOn.resolve(undefined);
});

interface Ground extends AsyncDisposable {
  readonly engine: EngineServer;
  readonly parts: ContainerParts;
  readonly at: EngineSocket;
  readonly url: string;
  readonly ref: string;
  readonly place: Place;
}

/** A state folder with the runs of one instance, and the engine that is found. */
async function oneEngine(instead: Instead = () => undefined): Promise<Ground> {
  const engine = await engineServer(instead);
  const { containers: parts } = engine.sources;
  const { ref } = engine.entry;
  const [address] = parts.addresses;
  assert.ok(address?.at !== undefined);
  const place = placeOf(parts.stateDir, ref);
  await Deno.mkdir(instancesDir(parts.stateDir), { recursive: true });
  await Deno.mkdir(place.runsDir, { recursive: true });
  return {
    engine,
    parts,
    at: address.at,
    url: address.url,
    ref,
    place,
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

function start({ engine, parts }: Ground) {
  const api = { ...engine.entry.api, protocol: "http" as const };
  const entry = { ...engine.entry, api };
  const processor = { entry, dir: "/none", shipped: false };
  return startContainer(parts, startRequest(processor));
}

/** The record of a container on the other engine, which does not answer. */
function silentContainer({ ref, place, parts }: Ground) {
  return {
    ref,
    engine: "docker",
    container: {
      id: "c0",
      name: "theory-demo-echo-1",
      image: "demo@sha256:1",
      imageId: "sha256:1",
      platform: "amd64",
      engine: OTHER,
      healthUrl: "http://127.0.0.1:1/healthz",
    },
    port: 1,
    url: "http://127.0.0.1:1",
    token: "t",
    digest: "sha256:1",
    startedAt: parts.now().toISOString(),
    secrets: [],
    runsDir: place.runsDir,
    layout: "per-run",
  } as const;
}

import assert from "node:assert/strict";
import { type EitherEngine, eitherEngine } from "../../../adapters/mod.ts";
import { pendingPath } from "../../../adapters/containers/pending.ts";
import { type Place, placeOf } from "../../../adapters/sandbox/place.ts";
import { atPlace } from "../../../adapters/sandbox/place_lock.ts";
import { writeRecord } from "../../../adapters/sandbox/record.ts";
import {
  failureOf,
  isAlive,
  openSandbox,
  type Sandbox,
  startRequest,
  until,
} from "../sandbox_fixture.ts";

const REF = "demo/hello@1";

Deno.test("stop() waits for a start that goes on, and ends what that recorded", async () => {
  await using ground = await openEngines();
  const instance = await ground.sandbox.start();
  const { place, either } = ground;
  const { stopping } = await whileHeld(ground, async () => {
    await Deno.rename(place.record, `${place.record}.away`);
    const stopping = either.stop(REF);
    await turns();
    await Deno.rename(`${place.record}.away`, place.record);
    return { stopping };
  });
  assert.equal(await stopping, true);
  await until(async () => !await isAlive(instance.pid));
});

Deno.test("start() in the sandbox refuses what meanwhile runs in a container", async () => {
  await using ground = await openEngines();
  const { place, either, sandbox } = ground;
  const { starting } = await whileHeld(ground, async () => {
    const starting = failureOf(either.start(startRequest(sandbox.processor)));
    await turns();
    await writeRecord(place.record, inContainer(sandbox));
    return { starting };
  });
  const { code, message } = await starting;
  assert.equal(code, "ERR_USAGE");
  assert.match(message, /runs already, on the engine docker$/);
  await Deno.remove(place.record);
});

Deno.test("removeLeft() leaves an instance alone that was started meanwhile", async () => {
  await using ground = await openEngines();
  const { place, either, sandbox } = ground;
  const { pid, runsDir } = await sandbox.start();
  await Deno.writeTextFile(pendingPath(place.record), "");
  await either.removeLeft(REF, new AbortController().signal);
  assert.equal((await sandbox.engine.find(REF))?.state, "running");
  assert.equal(await isAlive(pid), true);
  await Deno.stat(runsDir);
});

Deno.test("removeLeft() waits for nobody who is at the instance's place", async () => {
  await using ground = await openEngines();
  await whileHeld(ground, async () => {
    const { signal } = new AbortController();
    const removing = ground.either.removeLeft(REF, signal);
    await assert.rejects(removing, { name: "AbortError" });
  });
});

Deno.test("stop() asks for the engine on which a killed start may have left something", async () => {
  await using ground = await openEngines();
  const { place, either } = ground;
  assert.equal(await either.stop(REF), false);
  await Deno.writeTextFile(pendingPath(place.record), "");
  const { code } = await failureOf(either.stop(REF));
  assert.equal(code, "ERR_ENGINE_UNAVAILABLE");
});

interface Engines extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly either: EitherEngine;
  readonly place: Place;
}

/** Both engines of a state folder; no engine of containers listens. */
async function openEngines(): Promise<Engines> {
  const sandbox = await openSandbox();
  const { stateDir } = sandbox;
  const containers = () =>
    Promise.resolve({
      stateDir,
      addresses: [],
      permitted: () => Promise.resolve([]),
      env: () => undefined,
      now: sandbox.parts.now,
      randomToken: sandbox.parts.randomToken,
    });
  return {
    sandbox,
    either: eitherEngine({ stateDir, sandbox: sandbox.engine, containers }),
    place: placeOf(stateDir, REF),
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}

/** Does something as who starts or stops the instance. */
async function whileHeld<T>(
  { sandbox: { stateDir } }: Engines,
  action: () => Promise<T>,
): Promise<T> {
  const { signal } = new AbortController();
  return await atPlace({ stateDir, ref: REF, signal }, action);
}

/** Time enough for others to come as far as the lock. */
async function turns(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 200));
}

/** The record of a container. */
function inContainer({ stateDir, parts }: Sandbox) {
  return {
    ref: REF,
    engine: "docker",
    container: {
      id: "c1",
      name: "theory-demo-hello-1",
      image: "demo@sha256:1",
      imageId: "sha256:1",
      platform: "amd64",
      healthUrl: "http://127.0.0.1:8000/healthz",
    },
    port: 8000,
    url: "http://127.0.0.1:8000",
    token: "t",
    digest: "sha256:1",
    startedAt: parts.now().toISOString(),
    secrets: [],
    runsDir: placeOf(stateDir, REF).runsDir,
    layout: "per-run",
  } as const;
}

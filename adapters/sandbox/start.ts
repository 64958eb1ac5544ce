import { Failure } from "../../schemas/mod.ts";
import type { StartRequest } from "../ports.ts";
import { HOSTNAME, serverConfig } from "./config.ts";
import { processorDigest } from "./digest.ts";
import { askHealth, type Health, healthOf } from "./health.ts";
import { pause } from "./pause.ts";
import type { SandboxParts } from "./parts.ts";
import { makePrivate, type Place } from "./place.ts";
import { startAtPlace } from "./place_lock.ts";
import type { SandboxRecord } from "./record.ts";
import { isSandboxRecord, readRecord, writeRecord } from "./record.ts";
import { runsElsewhere } from "./runs_elsewhere.ts";
import type { Server } from "./spawn.ts";
import { spawnServer } from "./spawn.ts";
import { endRecorded } from "./stop.ts";

/** An instance of the engine `sandbox`. */
export interface SandboxInstance extends SandboxRecord {
  readonly alreadyRunning: boolean;
}

/** Milliseconds between two looks at an instance that is ending. */
const LOOK_EVERY = 100;

/**
 * Starts the instance of a processor, or answers the one that runs. Whoever asks at the same time, in
 * this process or another, gets the same instance. One that runs something else than the entry says
 * now is `ERR_IMAGE_DRIFT`; a dead one is cleaned up and started anew.
 */
export async function startInstance(
  parts: SandboxParts,
  request: StartRequest,
): Promise<SandboxInstance> {
  const { ref } = request.processor.entry;
  const { waitMs, signal } = request;
  const { stateDir } = parts;
  return await startAtPlace(
    { stateDir, ref, waitMs, signal },
    (place) => begin(parts, request, place),
  );
}

async function begin(
  parts: SandboxParts,
  request: StartRequest,
  place: Place,
): Promise<SandboxInstance> {
  const { dir } = request.processor;
  const digest = await processorDigest(dir);
  const record = readRecord(place.record);
  if (record?.container !== undefined) throw runsElsewhere(record, "sandbox");
  if (isSandboxRecord(record)) {
    if (await healthOnceEnded(record, request) === "running") {
      return reuse(record, digest);
    }
    await endRecorded(parts, record, place);
  }
  const started = await startAnew(parts, request, { place, digest });
  return { ...started, alreadyRunning: false };
}

/** An instance that is ending still has other runs, which are let alone: it is waited for. */
async function healthOnceEnded(
  record: SandboxRecord,
  { waitMs, signal }: StartRequest,
): Promise<Health> {
  const limit = AbortSignal.timeout(waitMs);
  for (;;) {
    const { health, why } = await askHealth(record);
    if (health !== "ending") return health;
    if (limit.aborted) {
      throw new Failure(
        "ERR_START_TIMEOUT",
        `Cannot start "${record.ref}": its instance of before is still ending after ${
          waitMs / 1000
        } s, because ${why ?? "it was told to"}`,
        { hint: `End it with its runs: localctl stop --ref ${record.ref}` },
      );
    }
    await pause(LOOK_EVERY, signal);
  }
}

function reuse(record: SandboxRecord, digest: string): SandboxInstance {
  if (record.digest === digest) return { ...record, alreadyRunning: true };
  throw new Failure(
    "ERR_IMAGE_DRIFT",
    `Cannot use the running instance of "${record.ref}": the processor was changed since it started`,
    {
      hint:
        `localctl stop --ref ${record.ref} && localctl start --ref ${record.ref}`,
      details: { running: record.digest, registry: digest },
    },
  );
}

async function startAnew(
  parts: SandboxParts,
  request: StartRequest,
  { place, digest }: { readonly place: Place; readonly digest: string },
): Promise<SandboxRecord> {
  const token = parts.randomToken();
  const config = serverConfig(request.processor, {
    port: request.port,
    token,
    runsDir: place.runsDir,
    objectsDir: parts.objectsDir,
    logFile: place.log,
    allowNet: request.allowNet,
    secrets: [...request.secrets.keys()].sort(),
    endWithStdin: false,
    awaitKeep: true,
    digest,
  });
  await makePrivate(place.runsDir);
  await beginLog(place);
  const deadline = AbortSignal.timeout(request.waitMs);
  const server = await spawnServer(parts, { ...request, config });
  const { port, pid } = server.ready;
  const record: SandboxRecord = {
    ref: config.ref,
    engine: "sandbox",
    pid,
    port,
    url: `http://${HOSTNAME}:${port}`,
    token,
    startedAt: parts.now().toISOString(),
    digest,
    secrets: config.secrets,
    runsDir: config.runsDir,
    layout: "per-run",
  };
  await confirm(server, record, { request, deadline });
  await writeRecord(place.record, record);
  await letGo(server);
  return record;
}

/** A log of its own for each instance; the one before is kept beside it. */
async function beginLog({ log, previousLog }: Place): Promise<void> {
  try {
    await Deno.rename(log, previousLog);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  await Deno.writeTextFile(log, "", { mode: 0o600 });
}

/** Waits until the server answers as it should; one that does not is killed. */
async function confirm(
  server: Server,
  record: SandboxRecord,
  { request, deadline }: {
    readonly request: StartRequest;
    readonly deadline: AbortSignal;
  },
): Promise<void> {
  let health: Health = "silent";
  while (health === "silent" && !deadline.aborted && !request.signal.aborted) {
    health = await healthOf(record);
  }
  if (health === "running" && !request.signal.aborted) return;
  server.child.kill("SIGKILL");
  await server.child.status;
  if (request.signal.aborted) {
    throw new Failure(
      "ERR_INTERRUPTED",
      `Cannot start "${record.ref}": interrupted`,
    );
  }
  if (health === "silent") {
    throw new Failure(
      "ERR_READY_TIMEOUT",
      `Cannot start "${record.ref}": it listens on port ${record.port}, but /healthz did not answer within ${
        request.waitMs / 1000
      } s`,
    );
  }
  if (health === "blocked") {
    throw new Failure(
      "ERR_PORT",
      `Cannot start "${record.ref}": port ${record.port} is reserved for another protocol`,
    );
  }
  throw new Failure(
    "ERR_START",
    `Cannot start "${record.ref}": its server on port ${record.port} does not answer as it should (${health})`,
  );
}

/** From here on the server lives on its own; what it still writes to its pipes is lost. */
async function letGo({ child, stderr, keep }: Server): Promise<void> {
  await keep();
  await stderr.giveUp();
  child.unref();
}

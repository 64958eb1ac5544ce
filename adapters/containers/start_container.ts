import { Failure } from "../../schemas/mod.ts";
import { userCredentials } from "../images/credentials.ts";
import { driftFailure, driftOf } from "../images/drift.ts";
import { ensureImage } from "../images/ensure_image.ts";
import { requirePinned } from "../images/pinned.ts";
import { hostPlatform } from "../images/platform.ts";
import type { Instance, StartRequest } from "../ports.ts";
import { startAgain } from "../start_again.ts";
import { startAtPlace } from "../sandbox/place_lock.ts";
import { type InstanceRecord, readRecord } from "../sandbox/record.ts";
import { runsElsewhere } from "../sandbox/runs_elsewhere.ts";
import { interrupted } from "./await_ready.ts";
import { containerStatus } from "./container_status.ts";
import { makeContainer, type Making } from "./make_container.ts";
import { openEngine } from "./open_engine.ts";
import type { ContainerParts } from "./parts.ts";
import { removeOwned } from "./remove_made.ts";
import { requireHere, requirePendingHere } from "./require_here.ts";
import { endRecorded } from "./stop_container.ts";
import { unlessHanging } from "./unless_hanging.ts";

/**
 * Starts the container of a processor, or answers the one that runs. Whoever asks at the same time gets the same one.
 * One that runs another image than the entry pins is `ERR_IMAGE_DRIFT`; a dead one, and what a killed command left, is
 * removed, and a new one started.
 */
export async function startContainer(
  parts: ContainerParts,
  request: StartRequest,
): Promise<Instance> {
  const { entry } = request.processor;
  const { platform = hostPlatform() } = request;
  const pinned = requirePinned(entry, platform);
  requireServer(request);
  const engine = await openEngine(parts);
  const { ref } = entry;
  const { waitMs, signal } = request;
  const { stateDir } = parts;
  return await unlessHanging(
    startAtPlace(
      { stateDir, ref, waitMs, signal },
      (place) => begin({ parts, request, place, engine, platform, pinned }),
    ),
    { signal, failure: () => interrupted(ref) },
  );
}

async function begin(start: Making): Promise<Instance> {
  const { parts, request, place, engine, platform, pinned } = start;
  const record = readRecord(place.record);
  const { ref } = request.processor.entry;
  if (record !== undefined) {
    const { container } = record;
    if (container === undefined) throw runsElsewhere(record, "docker");
    const running = await reusable(record, start);
    if (running !== undefined) return running;
    await requireHere(engine, { ...container, ref, file: place.record });
    await endRecorded(engine, place, { ref, id: container.id });
  }
  await requirePendingHere(engine, ref, place);
  const owner = { ref, stateDir: parts.stateDir };
  await removeOwned(engine.docker, owner);
  const { signal, onPull, onWait } = request;
  const image = await ensureImage(engine.docker, pinned, {
    platform,
    signal,
    ...(onPull === undefined ? {} : { onProgress: onPull }),
    credentials: userCredentials(parts.env),
  });
  onWait?.();
  return await makeContainer(start, image);
}

/** The recorded instance, if it runs and does what is asked for. */
async function reusable(
  record: InstanceRecord,
  { request, engine, pinned, platform }: Making,
): Promise<Instance | undefined> {
  const { ref, container } = record;
  if (container === undefined) return undefined;
  const { instance, state, running = {} } = await containerStatus(
    record,
    engine,
  );
  if (state !== "running") return undefined;
  const drift = driftOf(pinned.digest, running);
  if (drift !== undefined) {
    throw driftFailure(ref, drift, startAgain(record, request.processor.entry));
  }
  const { hermetic = false } = record;
  if (hermetic !== (request.hermetic ?? false)) {
    throw runsAlready(ref, hermetic ? "with --hermetic" : "without --hermetic");
  }
  if (container.platform !== platform) {
    throw runsAlready(ref, `for ${container.platform}`);
  }
  return instance;
}

function runsAlready(ref: string, how: string): Failure {
  return new Failure(
    "ERR_USAGE",
    `Cannot start "${ref}": it runs already, ${how}`,
    { hint: `localctl stop --ref ${ref}` },
  );
}

/** A processor that takes its inputs as a file has no server: each of its runs is a container. */
function requireServer({ processor: { entry } }: StartRequest): void {
  if (entry.api.protocol !== "file") return;
  throw new Failure(
    "ERR_USAGE",
    `Cannot start "${entry.ref}": it serves no runs, each of them is a container of its own`,
    { hint: `localctl run --ref ${entry.ref}` },
  );
}

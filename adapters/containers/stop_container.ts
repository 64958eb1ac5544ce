import { Failure } from "../../schemas/mod.ts";
import { statusOf } from "../images/engine_error.ts";
import { type Place, removeIfThere } from "../sandbox/place.ts";
import { atPlace } from "../sandbox/place_lock.ts";
import { readRecord } from "../sandbox/record.ts";
import type { Docker, ListedContainer } from "./docker_api.ts";
import { goesOn } from "./goes_on.ts";
import { LABEL, stateLabel } from "./labels.ts";
import { listed } from "./listed.ts";
import { openEngine, openEngineIfThere } from "./open_engine.ts";
import type { ContainerParts } from "./parts.ts";
import { pendingOn, pendingPath } from "./pending.ts";
import { removeContainer, removeOwned } from "./remove_made.ts";
import { requireHere, requirePendingHere } from "./require_here.ts";
import { unlessHanging } from "./unless_hanging.ts";

/** Seconds that a container has to end by itself. */
const GRACE = 5;

/**
 * Ends the container of a ref and removes it with all that was made for it; false when there was none, recorded or
 * not. One whose start was killed is found by its labels.
 */
export async function stopContainer(
  parts: ContainerParts,
  ref: string,
  signal = new AbortController().signal,
): Promise<boolean> {
  const { stateDir } = parts;
  const stopping = atPlace(
    { stateDir, ref, signal },
    (place) => stopAt(place, parts, ref),
  );
  return await unlessHanging(stopping, {
    signal,
    failure: () => interrupted(`Cannot stop "${ref}"`),
  });
}

async function stopAt(
  place: Place,
  parts: ContainerParts,
  ref: string,
): Promise<boolean> {
  const record = readRecord(place.record);
  const container = record?.container;
  if (container !== undefined) {
    const engine = await openEngine(parts);
    await requireHere(engine, { ...container, ref, file: place.record });
    await endRecorded(engine, place, { ref, id: container.id });
    return true;
  }
  if (record !== undefined) return false;
  const count = await removeUnrecorded(place, parts, { ref });
  if (count === undefined) return false;
  await forget(place);
  return count > 0;
}

function interrupted(cannot: string): Failure {
  return new Failure("ERR_INTERRUPTED", `${cannot}: interrupted`);
}

/**
 * Removes what a killed start left, if nobody is at the instance's place: who is there removes it, and what is recorded
 * stays. An engine that hangs is left once the signal is aborted.
 */
export async function removeLeft(
  parts: ContainerParts,
  ref: string,
  signal: AbortSignal,
): Promise<void> {
  const turn = { stateDir: parts.stateDir, ref, signal: AbortSignal.abort() };
  await atPlace(turn, async (place) => {
    if (readRecord(place.record) !== undefined) return;
    const removing = removeUnrecorded(place, parts, { ref, signal });
    const failure = () => interrupted(`Cannot remove what is left of "${ref}"`);
    const manner = { signal, failure, unwindMs: 0 };
    const count = await unlessHanging(removing, manner);
    if (count !== undefined) await forget(place);
  });
}

/**
 * Removes from the engine what is there of an instance, and answers how much that was; undefined when there is no
 * engine, which has to be asked when a start was killed.
 */
async function removeUnrecorded(
  place: Place,
  parts: ContainerParts,
  { ref, signal }: { readonly ref: string; readonly signal?: AbortSignal },
): Promise<number | undefined> {
  const engine = await pendingOn(place.record) === undefined
    ? await openEngineIfThere(parts)
    : await openEngine(parts);
  if (engine === undefined) return undefined;
  await requirePendingHere(engine, ref, place);
  const owner = { ref, stateDir: parts.stateDir };
  return await removeOwned(engine.docker, owner, signal);
}

/** Removes what is kept of an instance in the state folder. */
async function forget(place: Place): Promise<void> {
  await removeIfThere(place.record);
  await removeIfThere(place.runsDir);
  await removeIfThere(pendingPath(place.record));
}

/** Ends a recorded container, and removes it, its network, its runs and its record. */
export async function endRecorded(
  { docker }: { readonly docker: Docker },
  place: Place,
  { ref, id }: { readonly ref: string; readonly id: string },
): Promise<void> {
  await endContainer(docker, id);
  await removeOwned(docker, { ref, stateDir: place.stateDir });
  await forget(place);
}

/** Lets a container end by itself, and removes it. What cannot end so, as when it is paused, is killed. */
async function endContainer(docker: Docker, id: string): Promise<void> {
  try {
    await docker.getContainer(id).stop({ t: GRACE });
  } catch (error) {
    if (statusOf(error) === undefined) throw error;
  }
  await removeContainer(docker, id);
}

/**
 * Ends everything that carries the labels of whatever instance, except what is recorded here; answers the refs. Of
 * containers of single runs those are ended that killed commands left in this state folder: of others it cannot be told.
 */
export async function endOthers(
  parts: ContainerParts,
  recorded: ReadonlySet<string>,
  signal = new AbortController().signal,
): Promise<readonly string[]> {
  return await unlessHanging(endEachOther(parts, recorded, signal), {
    signal,
    failure: () => interrupted("Cannot stop what is recorded nowhere"),
  });
}

async function endEachOther(
  parts: ContainerParts,
  recorded: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const engine = await openEngineIfThere(parts);
  if (engine === undefined) return [];
  const { docker } = engine;
  const filters = { label: [LABEL.state] };
  const ended: string[] = [];
  for (const each of await listed(docker, filters)) {
    if (recorded.has(each.Id) || isKept(each, parts)) continue;
    signal.throwIfAborted();
    await endContainer(docker, each.Id);
    ended.push(each.Labels?.[LABEL.ref] ?? each.Id);
  }
  await removeNetworks(docker);
  return ended;
}

function isKept(each: ListedContainer, { stateDir }: ContainerParts): boolean {
  if (each.Labels?.[LABEL.run] === undefined) return false;
  return each.Labels[LABEL.state] !== stateLabel(stateDir) ||
    goesOn(each, stateDir);
}

/** A network that is in use stays. */
async function removeNetworks(docker: Docker): Promise<void> {
  const networks = await docker.listNetworks({
    filters: { label: [LABEL.state] },
  });
  for (const { Id } of networks) {
    await docker.getNetwork(Id).remove().catch(() => {});
  }
}

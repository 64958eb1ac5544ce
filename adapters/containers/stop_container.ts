import { statusOf } from "../images/engine_error.ts";
import type { InstanceContainer } from "../engine_port.ts";
import { type Place, removeIfThere } from "../sandbox/place.ts";
import { atPlace } from "../sandbox/place_lock.ts";
import { readRecord } from "../sandbox/record.ts";
import { inspected } from "./container_status.ts";
import type { Docker, ListedContainer } from "./docker_api.ts";
import { goesOn } from "./goes_on.ts";
import { LABEL, stateLabel } from "./labels.ts";
import { listed } from "./listed.ts";
import {
  type OpenEngine,
  openEngine,
  openEngineIfThere,
} from "./open_engine.ts";
import { isOfOther, onOther } from "./other_engine.ts";
import type { ContainerParts } from "./parts.ts";
import { isPending, pendingPath } from "./pending.ts";
import { removeContainer, removeOwned } from "./remove_made.ts";

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
  return await atPlace({ stateDir, ref, signal }, async (place) => {
    const record = await readRecord(place.record);
    const container = record?.container;
    if (container !== undefined) {
      const engine = await openEngine(parts);
      await requireHere(engine, ref, container);
      await endRecorded(engine, place, { ref, id: container.id });
      return true;
    }
    return record === undefined && await removeUnrecorded(parts, ref, place);
  });
}

/** What is gone has ended, where it would be if it were not. */
async function requireHere(
  { docker, address }: OpenEngine,
  ref: string,
  container: InstanceContainer,
): Promise<void> {
  if (!isOfOther(container, address)) return;
  if (await inspected(docker, container.id) !== undefined) return;
  throw onOther(ref, container, address);
}

/**
 * Removes what a killed start left, if nobody is at the instance's place: who is there removes it, and what is recorded
 * stays.
 */
export async function removeLeft(
  parts: ContainerParts,
  ref: string,
): Promise<void> {
  const turn = { stateDir: parts.stateDir, ref, signal: AbortSignal.abort() };
  await atPlace(turn, async (place) => {
    if (await readRecord(place.record) !== undefined) return;
    await removeUnrecorded(parts, ref, place);
  });
}

/** Answers whether there was anything on the engine, which has to be asked when a start of it was killed. */
async function removeUnrecorded(
  parts: ContainerParts,
  ref: string,
  place: Place,
): Promise<boolean> {
  const engine = await isPending(place.record)
    ? await openEngine(parts)
    : await openEngineIfThere(parts);
  if (engine === undefined) return false;
  const owner = { ref, stateDir: parts.stateDir };
  const count = await removeOwned(engine.docker, owner);
  await removeIfThere(place.runsDir);
  await removeIfThere(pendingPath(place.record));
  return count > 0;
}

/** Ends a recorded container, and removes it, its network, its runs and its record. */
export async function endRecorded(
  { docker }: { readonly docker: Docker },
  place: Place,
  { ref, id }: { readonly ref: string; readonly id: string },
): Promise<void> {
  await endContainer(docker, id);
  await removeOwned(docker, { ref, stateDir: place.stateDir });
  await removeIfThere(place.record);
  await removeIfThere(place.runsDir);
  await removeIfThere(pendingPath(place.record));
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

import { Failure } from "../../schemas/mod.ts";
import { type Place, removeIfThere } from "../sandbox/place.ts";
import { atPlace } from "../sandbox/place_lock.ts";
import { type InstanceRecord, readRecord } from "../sandbox/record.ts";
import type { Docker } from "./docker_api.ts";
import { filtersOf, LABEL } from "./labels.ts";
import { listed } from "./listed.ts";
import { openEngine, openEngineIfThere } from "./open_engine.ts";
import type { ContainerParts } from "./parts.ts";
import { pendingPath } from "./pending.ts";
import { removeMade, unlessGone } from "./remove_made.ts";

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
    if (record?.container !== undefined) {
      await endRecorded(await openEngine(parts), place, record);
      return true;
    }
    return record === undefined && await removeUnrecorded(parts, ref, place);
  });
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

/** Answers whether there was anything on the engine. */
async function removeUnrecorded(
  parts: ContainerParts,
  ref: string,
  place: Place,
): Promise<boolean> {
  const engine = await openEngineIfThere(parts);
  if (engine === undefined) return false;
  const owner = { ref, stateDir: parts.stateDir };
  const count = await removeMade(engine.docker, filtersOf(owner));
  await removeIfThere(place.runsDir);
  await removeIfThere(pendingPath(place.record));
  return count > 0;
}

/** Ends a recorded container, and removes it, its network, its runs and its record. */
export async function endRecorded(
  { docker }: { readonly docker: Docker },
  place: Place,
  { ref, container }: InstanceRecord,
): Promise<void> {
  if (container === undefined) throw notAContainer(ref);
  const it = docker.getContainer(container.id);
  await unlessGone(() => it.stop({ t: GRACE }));
  await unlessGone(() => it.remove({ force: true, v: true }));
  const stateDir = place.record.slice(
    0,
    place.record.lastIndexOf("/instances/"),
  );
  await removeMade(docker, filtersOf({ ref, stateDir }));
  await removeIfThere(place.record);
  await removeIfThere(place.runsDir);
  await removeIfThere(pendingPath(place.record));
}

function notAContainer(ref: string): Failure {
  return new Failure(
    "ERR_STOP",
    `Cannot stop "${ref}" as a container: it runs in the sandbox`,
    { hint: `localctl stop --ref ${ref}` },
  );
}

/** Ends everything that carries the labels of whatever instance, except what is recorded here; answers the refs. */
export async function endOthers(
  parts: ContainerParts,
  recorded: ReadonlySet<string>,
): Promise<readonly string[]> {
  const engine = await openEngineIfThere(parts);
  if (engine === undefined) return [];
  const { docker } = engine;
  const filters = { label: [LABEL.state] };
  const ended: string[] = [];
  for (const each of await listed(docker, filters)) {
    if (recorded.has(each.Id)) continue;
    const it = docker.getContainer(each.Id);
    await unlessGone(() => it.stop({ t: GRACE }));
    await unlessGone(() => it.remove({ force: true, v: true }));
    ended.push(each.Labels?.[LABEL.ref] ?? each.Id);
  }
  await removeNetworks(docker);
  return ended;
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

import { statusOf } from "../images/engine_error.ts";
import { pause } from "../sandbox/pause.ts";
import type { Docker, Filters, ListedContainer } from "./docker_api.ts";
import { goesOn } from "./goes_on.ts";
import { filtersOf, type Owner } from "./labels.ts";
import { listed } from "./listed.ts";

/** Removes what was made for an instance, and what killed commands left of runs that have containers of their own. */
export async function removeOwned(
  docker: Docker,
  owner: Owner,
  signal?: AbortSignal,
): Promise<number> {
  const isKept = (each: ListedContainer) => goesOn(each, owner.stateDir);
  return await removeMade(docker, filtersOf(owner), { isKept, signal });
}

/** How things are removed, where that is not as usual. */
interface RemoveManner {
  readonly isKept?: (container: ListedContainer) => boolean;
  /** Aborted when nothing more is to be removed, however late the engine answers. */
  readonly signal?: AbortSignal | undefined;
}

/** Removes containers and networks by their labels, whatever they do; answers how many there were. */
export async function removeMade(
  docker: Docker,
  filters: Filters,
  { isKept = () => false, signal }: RemoveManner = {},
): Promise<number> {
  const containers = (await listed(docker, filters))
    .filter((each) => !isKept(each));
  for (const { Id } of containers) {
    signal?.throwIfAborted();
    await removeContainer(docker, Id);
  }
  const networks = await docker.listNetworks({ filters });
  for (const { Id } of networks) {
    signal?.throwIfAborted();
    await patiently(() => docker.getNetwork(Id).remove());
  }
  return containers.length + networks.length;
}

/** Ends and removes a container, if it is there. */
export async function removeContainer(
  docker: Docker,
  id: string,
): Promise<void> {
  const container = docker.getContainer(id);
  await patiently(() => container.remove({ force: true, v: true }));
}

/** How often something is tried that the engine is busy with, 100 ms apart. */
const TRIES = 50;

/** What is just being started, or left by its last container, cannot be removed in that moment. */
async function patiently(action: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1;; attempt++) {
    try {
      return await unlessGone(action);
    } catch (error) {
      if (statusOf(error) === undefined || attempt === TRIES) throw error;
      await pause(100, new AbortController().signal);
    }
  }
}

/** Does something with what may be gone, or just be removed by somebody else. */
export async function unlessGone(
  action: () => Promise<unknown>,
): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  const status = statusOf(error);
  // What is not there, or has stopped already.
  if (status === 404 || status === 304) return true;
  return status === 409 && error instanceof Error &&
    error.message.includes("already in progress");
}

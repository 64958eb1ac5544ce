import { after } from "../after.ts";
import { saidBy } from "../images/engine_error.ts";
import type { Docker, Filters, ListedContainer } from "./docker_api.ts";
import { unanswered } from "./engine_failure.ts";
import { unlessHanging } from "./unless_hanging.ts";

/** How often a list is asked for that fails by what is removed meanwhile. */
const TRIES = 5;

/** Milliseconds for a list: Podman takes seconds for hundreds of containers, an engine that hangs never answers. */
const LIST_WITHIN = 30_000;

/**
 * Every container with some labels, whatever it does. Podman looks at one after the other, and fails when one that it
 * has yet to look at is removed by somebody else, whosever it is: then it is asked again.
 */
export async function listed(
  docker: Pick<Docker, "listContainers">,
  filters: Filters,
  withinMs = LIST_WITHIN,
): Promise<readonly ListedContainer[]> {
  for (let attempt = 1;; attempt++) {
    try {
      const list = docker.listContainers({ all: true, filters });
      return await inTime(list, withinMs);
    } catch (error) {
      const gone = /no such container/i.test(saidBy(error) ?? "");
      if (!gone || attempt === TRIES) throw error;
    }
  }
}

async function inTime<T>(list: Promise<T>, withinMs: number): Promise<T> {
  const limit = new AbortController();
  const stop = after(withinMs, () => limit.abort());
  const failure = () => unanswered(new Error(`No list in ${withinMs} ms`));
  try {
    return await unlessHanging(list, {
      signal: limit.signal,
      failure,
      unwindMs: 0,
    });
  } finally {
    stop();
  }
}

import { saidBy } from "../images/engine_error.ts";
import type { Docker, Filters, ListedContainer } from "./docker_api.ts";

/** How often a list is asked for that fails by what is removed meanwhile. */
const TRIES = 5;

/**
 * Every container with some labels, whatever it does. Podman looks at one after the other, and fails when one that it
 * has yet to look at is removed by somebody else, whosever it is: then it is asked again.
 */
export async function listed(
  docker: Pick<Docker, "listContainers">,
  filters: Filters,
): Promise<readonly ListedContainer[]> {
  for (let attempt = 1;; attempt++) {
    try {
      return await docker.listContainers({ all: true, filters });
    } catch (error) {
      const gone = /no such container/i.test(saidBy(error) ?? "");
      if (!gone || attempt === TRIES) throw error;
    }
  }
}

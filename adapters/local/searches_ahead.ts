import type { SnapshotEntry } from "../ports.ts";
import type { PlaceSources } from "./choose_place.ts";
import { findInstance, type Found } from "./find_instance.ts";

/** Milliseconds that what was found ahead of a run is good for: instances are stopped, and processors changed. */
const GOOD_FOR = 1000;

interface Search {
  readonly sinceMs: number;
  readonly found: Promise<Found | undefined>;
}

export interface SearchSources extends PlaceSources {
  readonly monotonic: () => number;
}

/** Looks for instances ahead of the runs that need them. */
export function searchesAhead(sources: SearchSources) {
  const ahead = new Map<string, Search>();
  const isFresh = ({ sinceMs }: Search) =>
    sources.monotonic() - sinceMs < GOOD_FOR;
  return {
    begin(processor: SnapshotEntry): AsyncDisposable {
      const { ref } = processor.entry;
      const found = findInstance(sources, processor);
      found.catch(() => {});
      const search = { sinceMs: sources.monotonic(), found };
      ahead.set(ref, search);
      return {
        async [Symbol.asyncDispose]() {
          // What was taken is closed by who took it.
          if (ahead.get(ref) !== search) return;
          ahead.delete(ref);
          await hangUp(search);
        },
      };
    },
    /** What was begun for a processor, or a new search. */
    take(processor: SnapshotEntry): Promise<Found | undefined> {
      const { ref } = processor.entry;
      const search = ahead.get(ref);
      ahead.delete(ref);
      if (search !== undefined && isFresh(search)) return search.found;
      if (search !== undefined) hangUp(search);
      return findInstance(sources, processor);
    },
  };
}

async function hangUp({ found }: Search): Promise<void> {
  const instance = await found.catch(() => undefined);
  instance?.line?.close();
}

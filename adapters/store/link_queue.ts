import type { StoreLock } from "./store_lock.ts";

/** One step of naming content. Steps of the same path are done in the order in which they came. */
export interface LinkStep {
  readonly path: string;
  readonly work: () => Promise<void>;
}

interface Waiting extends LinkStep {
  readonly settle: (outcome: Promise<void>) => void;
}

/**
 * Names content under the lock of a store: what comes while a turn is waited for is done in the same turn, together, for
 * each waits for the disk.
 */
export function linkQueue(
  lock: StoreLock,
): (step: LinkStep) => Promise<void> {
  const waiting: Waiting[] = [];
  const take = () => waiting.splice(0);
  const turn = async () => {
    try {
      await lock.alone(async () => {
        await Promise.allSettled(begun(take()));
      });
    } catch (error) {
      for (const { settle } of take()) settle(Promise.reject(error));
    }
  };
  return (step) =>
    new Promise((settle) => {
      waiting.push({ ...step, settle });
      if (waiting.length === 1) turn();
    });
}

/** Begins all steps; each waits for the one before it of the same path. */
function begun(all: readonly Waiting[]): readonly Promise<void>[] {
  const last = new Map<string, Promise<void>>();
  return all.map(({ path, work, settle }) => {
    const before = last.get(path) ?? Promise.resolve();
    const done = before.catch(() => {}).then(work);
    last.set(path, done);
    settle(done);
    return done;
  });
}

import { inFolderOf } from "./folders.ts";

const OPTIONS = { read: true, write: true, create: true, mode: 0o600 } as const;

/**
 * Keeps what several processes do in a store apart for a moment. Users take turns, too: of two that mark content at
 * once the later mark could be overwritten by the earlier. A process that is killed leaves no lock.
 */
export interface StoreLock {
  /** Looks for content and marks or removes it, with nobody in between. Waits for its turn. */
  alone<T>(step: () => T | Promise<T>): Promise<T>;
}

/** The lock that is a file, made when first needed. */
export function storeLock(path: string): StoreLock {
  let last: Promise<unknown> = Promise.resolve();
  const locked = async <T>(step: () => T | Promise<T>) => {
    using file = await inFolderOf(path, () => Deno.openSync(path, OPTIONS));
    await file.lock(true);
    return await step();
  };
  return {
    alone(step) {
      // By turns within this process, for who waits for the system takes a thread.
      const turn = last.then(() => locked(step));
      last = turn.catch(() => {});
      return turn;
    },
  };
}

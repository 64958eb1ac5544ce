import { isBusy } from "./sqlite_failure.ts";

/** How often a locked journal is tried again, in milliseconds. SQLite waits a little by itself, too. */
const AGAIN_AFTER = 10;

export interface Patience {
  /** Milliseconds until a lock that others hold is an error. */
  readonly waitMs: number;
  /** Ends the waiting, with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Does something again while others lock the database. What it does is all or nothing. */
export async function patiently<T>(
  { waitMs, signal }: Patience,
  action: () => T | Promise<T>,
): Promise<T> {
  const end = performance.now() + waitMs;
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
    signal?.throwIfAborted();
  }
}

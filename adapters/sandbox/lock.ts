import { pause } from "./pause.ts";

/** How often a lock that somebody else holds is tried, in milliseconds. */
const TRY_EVERY = 25;

/**
 * Runs an action while holding the advisory lock of a file, which is made when missing and never
 * removed. The system releases the lock when the holder dies. Rejects with the signal's reason when
 * that is aborted before the lock is had.
 */
export async function withLock<T>(
  path: string,
  signal: AbortSignal,
  action: () => Promise<T>,
): Promise<T> {
  const options = { create: true, write: true, mode: 0o600 } as const;
  using file = await Deno.open(path, options);
  while (!await file.tryLock(true)) await pause(TRY_EVERY, signal);
  return await action();
}

import { after } from "../after.ts";

/** Milliseconds that work has to unwind when it is not wanted any more, if nothing else is said. */
const UNWIND_WITHIN = 10_000;

/**
 * Waits for work on an engine; once the signal is aborted no longer than it takes to unwind, since an engine that hangs
 * never answers. The work may go on then.
 */
export async function unlessHanging<T>(
  work: Promise<T>,
  { signal, failure, unwindMs = UNWIND_WITHIN }: {
    readonly signal: AbortSignal;
    /** What ends the waiting. */
    readonly failure: () => Error;
    readonly unwindMs?: number;
  },
): Promise<T> {
  const hangs = Promise.withResolvers<never>();
  let stop = () => {};
  const onAbort = () => {
    stop = after(unwindMs, () => hangs.reject(failure()));
  };
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([work, hangs.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
    stop();
  }
}

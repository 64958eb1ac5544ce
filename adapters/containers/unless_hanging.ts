import { after } from "../after.ts";

/** Milliseconds that work has to remove what it made when it is not wanted any more. */
const UNWIND_WITHIN = 10_000;

/**
 * Waits for work on an engine; once the signal is aborted no longer than it takes to unwind, since an engine that hangs
 * never answers. The work may go on then.
 */
export async function unlessHanging<T>(
  work: Promise<T>,
  { signal, failure }: {
    readonly signal: AbortSignal;
    /** What ends the waiting. */
    readonly failure: () => Error;
  },
): Promise<T> {
  const hangs = Promise.withResolvers<never>();
  let stop = () => {};
  const onAbort = () => {
    stop = after(UNWIND_WITHIN, () => hangs.reject(failure()));
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

import type { EnvelopeError } from "./schemas.ts";
import type { WorkerResult } from "./messages.ts";
import type { RunWorker } from "./run_worker.ts";

/** Milliseconds that a handler has to return after its signal aborted. */
export const GRACE_MS = 1_000;

/** What may end a run before its handler does. */
export interface RunLimits {
  readonly worker: Pick<RunWorker, "abort">;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** The handler did not return within the grace period. */
  readonly onStuck: () => void;
}

/**
 * Waits for a handler until it is done, timed out or cancelled. A stopped handler has a grace period to
 * return, and whatever it answers then, the run counts as stopped. Ending the Worker is the caller's.
 */
export async function watchRun(
  running: Promise<WorkerResult>,
  limits: RunLimits,
): Promise<WorkerResult> {
  const { promise: stopped, dispose } = stopOf(limits);
  const first = await Promise.race([running, stopped]);
  dispose();
  if (!("stop" in first)) return first;
  limits.worker.abort(first.stop.message);
  if (!await withinGrace(running)) limits.onStuck();
  return { ok: false, error: first.stop };
}

function stopOf({ timeoutMs, signal }: RunLimits) {
  const { promise, resolve } = Promise.withResolvers<{ stop: EnvelopeError }>();
  const seconds = timeoutMs / 1000;
  const timer = setTimeout(() => {
    const message = `Cannot finish the run: it took longer than ${seconds} s`;
    resolve({ stop: { code: "ERR_RUN_TIMEOUT", message } });
  }, timeoutMs);
  const cancel = () => {
    const message = "Cannot finish the run: it was cancelled";
    resolve({ stop: { code: "ERR_PREEMPTED", message } });
  };
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  const dispose = () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
  };
  return { promise, dispose };
}

async function withinGrace(running: Promise<unknown>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), GRACE_MS);
  const returned = await Promise.race([running.then(() => true), promise]);
  clearTimeout(timer);
  return returned;
}

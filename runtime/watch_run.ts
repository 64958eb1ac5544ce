import type { EnvelopeError } from "./schemas.ts";
import type { WorkerResult } from "./messages.ts";
import type { RunWorker } from "./run_worker.ts";

/** Milliseconds that a handler has at most to return once its server ends. */
const ENDING_GRACE_MS = 2_000;

/** Milliseconds that a Worker has to answer when its handler is not waited for. */
const HALT_MS = 250;

/** What may end a run before its handler does. */
export interface RunLimits {
  readonly worker: Pick<RunWorker, "abort" | "halt">;
  readonly timeoutMs: number;
  readonly graceMs: number;
  /** Aborted to cancel the run. */
  readonly signal: AbortSignal;
  /** Aborted when a cancelled run has no grace period. */
  readonly atOnce: AbortSignal | undefined;
  /** Aborted when the server ends: the run is cancelled, and has less time to return. */
  readonly ending: AbortSignal;
  /** Aborted when no memory is left, with the error of the run as its reason: nothing is waited for. */
  readonly exhausted: AbortSignal;
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
  const returned = await withinGrace(running, limits);
  const error = limits.exhausted.aborted ? limits.exhausted.reason : first.stop;
  if (!returned) limits.onStuck();
  return { ok: false, error };
}

function stopOf({ timeoutMs, signal, ending, exhausted }: RunLimits) {
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
  const disposers = [
    onAbort(signal, cancel),
    onAbort(ending, cancel),
    onAbort(exhausted, () => resolve({ stop: exhausted.reason })),
  ];
  const dispose = () => {
    clearTimeout(timer);
    for (const each of disposers) each();
  };
  return { promise, dispose };
}

/** Whether the handler returned in the time that is left to it. */
async function withinGrace(
  running: Promise<unknown>,
  { worker, graceMs, atOnce, ending, exhausted }: RunLimits,
): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const late = () => resolve(false);
  const timers = [setTimeout(late, graceMs)];
  const disposers = [
    onAbort(exhausted, late),
    onAbort(ending, () => timers.push(setTimeout(late, ENDING_GRACE_MS))),
    onAbort(atOnce, () => {
      worker.halt();
      timers.push(setTimeout(late, HALT_MS));
    }),
  ];
  const returned = await Promise.race([running.then(() => true), promise]);
  timers.forEach(clearTimeout);
  for (const each of disposers) each();
  return returned;
}

/** Calls when the signal is aborted, now if it is; answers how to stop listening. */
function onAbort(
  signal: AbortSignal | undefined,
  action: () => void,
): () => void {
  if (signal?.aborted) action();
  else signal?.addEventListener("abort", action, { once: true });
  return () => signal?.removeEventListener("abort", action);
}

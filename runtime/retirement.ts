import { memoryLimit } from "./memory_watch.ts";
import type { RunHostOptions } from "./run_host.ts";
import type { EnvelopeError } from "./schemas.ts";

/** How a host comes to its end before anybody asks for it. */
export interface Retirement {
  /** Why no new runs are taken; undefined as long as they are. */
  readonly reason: () => string | undefined;
  /** Resolves with the reason when nothing is left to wait for. */
  readonly done: Promise<string>;
  /** Aborted, with the error of all runs, when the memory is used up or a handler must not go on. */
  readonly exhausted: AbortSignal;
  /** A handler did not stop. Its thread cannot be ended: it computes as long as the process lives. */
  readonly stuck: (executionId: string) => void;
  /** A handler did not stop that is not waited for: nothing is. */
  readonly runaway: (executionId: string) => void;
  /** The process uses so many bytes, more than it may. */
  readonly exhaust: (bytes: number) => void;
  /** No run goes on. */
  readonly idle: () => void;
}

export function openRetirement(
  { entry, log }: Pick<RunHostOptions, "entry" | "log">,
): Retirement {
  const done = Promise.withResolvers<string>();
  const exhausted = new AbortController();
  let reason: string | undefined;
  return {
    reason: () => reason,
    done: done.promise,
    exhausted: exhausted.signal,
    stuck(execution_id) {
      if (exhausted.signal.aborted) return;
      log("error", "handler.stuck", { execution_id });
      reason ??= `the handler of run "${execution_id}" could not be stopped`;
    },
    runaway(execution_id) {
      if (exhausted.signal.aborted) return;
      log("error", "handler.runaway", { execution_id });
      reason = `the handler of run "${execution_id}" could not be stopped`;
      exhausted.abort(endedBy(reason));
    },
    exhaust(bytes) {
      const limit = memoryLimit(entry.runtime.memoryGb);
      log("error", "memory.exhausted", { bytes, limit });
      reason = "its memory is used up";
      exhausted.abort(outOfMemory(limit));
    },
    idle() {
      if (reason !== undefined) done.resolve(reason);
    },
  };
}

function endedBy(reason: string): EnvelopeError {
  return {
    code: "ERR_INSTANCE_ENDING",
    message: `Cannot finish the run: its instance ends, because ${reason}`,
  };
}

function outOfMemory(limit: number): EnvelopeError {
  const mib = Math.round(limit / 2 ** 20);
  return {
    code: "ERR_OUT_OF_MEMORY",
    message:
      `Cannot finish the run: its instance used more than ${mib} MiB of memory`,
  };
}

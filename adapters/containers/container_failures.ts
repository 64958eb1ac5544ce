import { Failure } from "../../schemas/mod.ts";
import { printable } from "../outputs/printable.ts";
import { saidBy } from "../images/engine_error.ts";
import type { ContainerChoice } from "./container_spec.ts";
import { LABEL } from "./labels.ts";

/** The failure for a container that an engine did not make or start; another error as it is. */
export function cannotBegin(
  error: unknown,
  { labels, port, entry }: Pick<ContainerChoice, "labels" | "port" | "entry">,
): unknown {
  const said = saidBy(error);
  if (said === undefined) return error;
  const ref = labels[LABEL.ref];
  if (/port is already allocated|address already in use/i.test(said)) {
    return new Failure(
      "ERR_PORT",
      `Cannot start "${ref}": port ${port} is in use`,
    );
  }
  const gpu = entry.runtime.gpu;
  if (gpu !== null && /device driver|gpu|nvidia/i.test(said)) {
    return new Failure(
      "ERR_ENGINE_UNAVAILABLE",
      `Cannot start "${ref}": it asks for a GPU (${gpu}), and the engine has none to give`,
      {
        hint:
          "Install the GPU support of the engine, or start it for mock alone: --hermetic",
        details: { engine: printable(said) },
      },
    );
  }
  return new Failure(
    "ERR_START",
    `Cannot start "${ref}": the engine says "${
      printable(said.replaceAll(/\s+/g, " "))
    }"`,
  );
}

/** How a container went that did not get ready. */
export interface Unready {
  readonly ref: string;
  /** The end of its log, without secrets. */
  readonly log: readonly string[];
}

/** The failure for a container that ended before it was ready. */
export function diedEarly(
  { ref, log }: Unready,
  { ExitCode, OOMKilled }: {
    readonly ExitCode?: number;
    readonly OOMKilled?: boolean;
  },
): Failure {
  const how = OOMKilled ? "used up its memory" : `ended with code ${ExitCode}`;
  return new Failure(
    "ERR_START",
    `Cannot start "${ref}": its container ${how} before it was ready`,
    shown(log),
  );
}

/** The failure for a container that runs, and says nothing. */
export function notReady(
  { ref, waitMs, log }: Unready & { readonly waitMs: number },
): Failure {
  return new Failure(
    "ERR_READY_TIMEOUT",
    `Cannot start "${ref}": its container runs, but did not answer within ${
      waitMs / 1000
    } s`,
    shown(log),
  );
}

function shown(log: readonly string[]) {
  const lines = log.map(printable);
  return {
    details: { log: lines },
    ...(lines.length === 0 ? {} : { hint: lines.join("\n") }),
  };
}

/** The failure for a start whose container somebody removed meanwhile; another error as it is. */
export function unlessRemoved(error: unknown, ref: string): unknown {
  const said = saidBy(error);
  if (said === undefined || !/no such container|for removal/i.test(said)) {
    return error;
  }
  return new Failure(
    "ERR_START",
    `Cannot start "${ref}": its container was removed before it was ready`,
    { cause: error },
  );
}

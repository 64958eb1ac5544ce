import { confine } from "./confine.ts";
import { makeHermetic } from "./hermetic.ts";
import type {
  Assignment,
  RunMode,
  ToWorker,
  WorkerResult,
} from "./messages.ts";
import type { FromWorker } from "./messages.ts";
import { openOutputs } from "./outputs.ts";
import { createRun } from "./run_context.ts";
import { failedResult } from "./run_error.ts";
import type { Handle } from "./schemas.ts";

/** What the server tells a Worker first, beside the port that they talk on. */
export interface WorkerGreeting {
  readonly mode: RunMode;
  readonly env: Readonly<Record<string, string>> | undefined;
}

/**
 * Body of the Worker of one run. Waits for its port, confines the Worker, and only then loads the handler,
 * which therefore never sees the port nor the real clock.
 */
export function startWorker(load: () => Promise<unknown>): void {
  addEventListener("message", (event) => {
    if (!(event instanceof MessageEvent)) return;
    const [port] = event.ports;
    if (port !== undefined) serveOne(port, event.data, load);
  }, { once: true });
}

function serveOne(
  port: MessagePort,
  { mode, env }: WorkerGreeting,
  load: () => Promise<unknown>,
): void {
  const post = (message: FromWorker) => port.postMessage(message);
  const settle = settleOnce((result) => post({ kind: "settled", result }));
  const fail = (thrown: unknown) => settle(failedResult(thrown, mode));
  confine({
    env,
    onExit: fail,
    print: (msg, level) =>
      post({ kind: "event", event: { kind: "Log", content: { msg, level } } }),
  });
  const seed = mode === "mock" ? makeHermetic("load") : () => {};
  catchStray(fail);
  const loaded = load();
  loaded.catch(() => {});
  const abort = new AbortController();
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.kind === "abort") return abort.abort(new Error(data.reason));
    if (data.kind === "halt") return fail(new Error("Halted"));
    const hooks = { post, fail, seed, signal: abort.signal };
    runHandler(loaded, data.assignment, hooks).then(settle, fail);
  };
}

async function runHandler(
  loaded: Promise<unknown>,
  assignment: Assignment,
  hooks: {
    readonly post: (message: FromWorker) => void;
    readonly fail: (thrown: unknown) => void;
    /** Called once the handler is loaded, so that loading draws from the same randomness in any run. */
    readonly seed: (seed: string) => void;
    readonly signal: AbortSignal;
  },
): Promise<WorkerResult> {
  const handle = handleOf(await loaded);
  hooks.seed(assignment.executionId);
  const outputs = openOutputs(assignment);
  const run = createRun(assignment, outputs, {
    signal: hooks.signal,
    onEvent: (event) => hooks.post({ kind: "event", event }),
    onFail: hooks.fail,
  });
  await handle(run);
  return { ok: true, outputs: outputs.finish() };
}

function handleOf(module: unknown): Handle {
  const handle = (module as { readonly handle?: unknown }).handle;
  if (typeof handle === "function") return handle as Handle;
  throw new TypeError(
    'Cannot use the handler: its module exports no function "handle"',
  );
}

/** Errors that no `await` of the handler sees: in timers, and promises left alone. */
function catchStray(fail: (thrown: unknown) => void): void {
  addEventListener("error", (event) => {
    event.preventDefault();
    fail(event.error ?? event.message);
  });
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    fail(event.reason);
  });
}

function settleOnce(settle: (result: WorkerResult) => void) {
  let settled = false;
  return (result: WorkerResult) => {
    if (settled) return;
    settled = true;
    settle(result);
  };
}

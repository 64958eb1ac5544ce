import type { ServerParts } from "./http_run.ts";
import type { WrittenOutput } from "./messages.ts";
import { ofFailure } from "./run_error.ts";
import type { RunHostHooks, RunOutcome } from "./run_host.ts";
import { readRunRequest } from "./run_request.ts";
import type { RunRequest } from "./run_request.ts";
import { CLOSE, Failure, isObject, MAX_FRAME_BYTES } from "./schemas.ts";
import type { JsonObject, ResponseFrame, ServerFrame } from "./schemas.ts";

/** Close code: the server ends, and nothing was asked of it here. */
const GOING_AWAY = 1001;
/** Close code: a bug of the server. */
const INTERNAL = 1011;

/**
 * Serves `theory.run.v1` on an accepted socket: one Request, its events, one final Response, then the
 * socket is closed. A client that leaves cancels its run, and what the run wrote is removed unless the
 * client has heard of its end. Resolves when the socket is closed and that is done.
 */
export function serveSocket(
  socket: WebSocket,
  server: ServerParts,
): Promise<unknown> {
  const cancel = new AbortController();
  const atOnce = new AbortController();
  const closed = Promise.withResolvers<number>();
  let opened = false;
  let done = Promise.resolve();
  socket.onclose = ({ code }) => {
    cancel.abort();
    server.options.log("info", "ws.close", { code });
    closed.resolve(code);
  };
  socket.onerror = (event) => event.preventDefault();
  server.ending.addEventListener("abort", () => {
    if (!opened) socket.close(GOING_AWAY);
  }, { signal: cancel.signal });
  socket.onmessage = ({ data }) => {
    const frame = readFrame(data);
    if (typeof frame === "number") return socket.close(frame);
    if (opened) return heedPreempt(frame, { cancel, atOnce });
    const refused = refuseFirst(frame);
    if (refused !== undefined) return socket.close(refused);
    opened = true;
    const signals = { signal: cancel.signal, atOnce: atOnce.signal };
    done = runSocket(socket, frame, { server, ...signals })
      .then(() => discardUnheard(closed.promise, runIdOf(frame), server))
      .catch((error) => {
        server.options.log("error", "server.bug", { reason: `${error}` });
        socket.close(INTERNAL);
      });
  };
  return closed.promise.then(() => done);
}

/** A client that has the final frame answers the close; then the run's folder is its own to remove. */
async function discardUnheard(
  closed: Promise<number>,
  runId: string,
  { host, options }: ServerParts,
): Promise<void> {
  if (await closed === CLOSE.normal) return;
  options.log("info", "run.discarded", { execution_id: runId });
  await host.discard(runId);
}

/** A frame, or the code to close with. */
function readFrame(data: unknown): JsonObject | number {
  if (typeof data !== "string") return CLOSE.protocol;
  if (tooLarge(data)) return CLOSE.tooLarge;
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) ? value : CLOSE.protocol;
  } catch {
    return CLOSE.protocol;
  }
}

/** A text has at most three bytes per UTF-16 unit, so most need no counting. */
function tooLarge(text: string): boolean {
  if (text.length * 3 <= MAX_FRAME_BYTES) return false;
  return new TextEncoder().encode(text).length > MAX_FRAME_BYTES;
}

function refuseFirst(frame: JsonObject): number | undefined {
  if (frame["kind"] !== "Request") return CLOSE.protocol;
  return runIdOf(frame) === "" ? CLOSE.policy : undefined;
}

function runIdOf({ control }: JsonObject): string {
  const id = isObject(control) ? control["run_id"] : undefined;
  return typeof id === "string" ? id.trim() : "";
}

/** Other frames are passed over. */
function heedPreempt(
  { kind, content }: JsonObject,
  run: Readonly<Record<"cancel" | "atOnce", AbortController>>,
): void {
  if (kind !== "control" || !isObject(content)) return;
  if (content["op"] !== "preempt") return;
  if (content["at_once"] === true) run.atOnce.abort();
  run.cancel.abort();
}

/** What a client may end its run with. */
type Preempted = Required<Pick<RunHostHooks, "signal" | "atOnce">>;

async function runSocket(
  socket: WebSocket,
  frame: JsonObject,
  { server, ...signals }: Preempted & { readonly server: ServerParts },
): Promise<void> {
  const run_id = runIdOf(frame);
  const send = (each: ServerFrame) => sendFrame(socket, each);
  send({ kind: "Ack", content: { run_id } });
  const outcome = await runFrame(frame, server, { send, ...signals });
  if (outcome.status === "success") {
    send({ kind: "Event", content: { phase: "completed" } });
  }
  send(responseOf(run_id, outcome));
  socket.close(CLOSE.normal);
}

async function runFrame(
  frame: JsonObject,
  { options, host, ending }: ServerParts,
  { send, ...signals }: Preempted & {
    readonly send: (frame: ServerFrame) => void;
  },
): Promise<RunOutcome> {
  const request = readRequestFrame(frame, options.entry.runtime.timeoutS);
  if (request instanceof Failure) {
    return { status: "error", error: ofFailure(request), refused: true };
  }
  const begun = performance.now();
  const log = { execution_id: request.executionId, mode: request.mode };
  const outcome = await host.execute(request, {
    ...signals,
    ending,
    onStart() {
      options.log("info", "ws.run.start", log);
      send({ kind: "Event", content: { phase: "started" } });
    },
    onEvent: send,
  });
  const elapsed_ms = Math.round(performance.now() - begun);
  const settled = { ...log, status: outcome.status, elapsed_ms };
  options.log("info", "ws.run.settle", settled);
  return outcome;
}

function readRequestFrame(
  frame: JsonObject,
  defaultTimeoutS: number,
): RunRequest | Failure {
  const control = isObject(frame["control"]) ? frame["control"] : {};
  try {
    return readRunRequest({
      executionId: runIdOf(frame),
      mode: control["mode"],
      writePrefix: control["write_prefix"],
      timeoutS: control["timeout_s"],
      graceS: control["grace_s"],
      inputs: frame["inputs"],
    }, defaultTimeoutS);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function responseOf(run_id: string, outcome: RunOutcome): ResponseFrame {
  const control = { run_id, final: true, cost_micro: 0 } as const;
  if (outcome.status === "error") {
    const { error } = outcome;
    return {
      kind: "Response",
      control: { ...control, status: "error" },
      error,
    };
  }
  const outputs = pathsByName(outcome.outputs);
  return {
    kind: "Response",
    control: { ...control, status: "success" },
    outputs,
  };
}

/** One path, or a list of them for a declared folder. */
function pathsByName(outputs: readonly WrittenOutput[]): JsonObject {
  const byName = Object.groupBy(outputs, ({ name }) => name);
  return Object.fromEntries(
    Object.entries(byName).map(([name, files = []]) => {
      const paths = files.map(({ path }) => path);
      return [name, files[0]?.inFolder ? paths.sort() : paths[0] ?? null];
    }),
  );
}

/** Tokens are dropped for a client that reads too slowly; everything else is kept for it. */
function sendFrame(socket: WebSocket, frame: ServerFrame): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  const behind = socket.bufferedAmount > MAX_FRAME_BYTES;
  if (behind && frame.kind === "Token") return;
  socket.send(JSON.stringify(frame));
}

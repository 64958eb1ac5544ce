import { CLOSE, SUBPROTOCOL } from "../../schemas/mod.ts";
import type {
  InvokeHooks,
  Transport,
  TransportRequest,
  TransportResponse,
} from "../ports.ts";
import { preemptFrame, requestFrame } from "./request_frame.ts";
import { bad, readServerFrame } from "./server_frame.ts";
import type { Timers } from "./timers.ts";
import { timers } from "./timers.ts";
import {
  cancelled,
  connectionLost,
  notConnected,
  notReady,
  tookTooLong,
} from "./websocket_failures.ts";

/** Milliseconds for the connection to be made, when the request does not say. */
const OPEN_WITHIN = 15_000;
/** Milliseconds for the answer to arrive, on top of the time that the processor has. */
const ANSWER_WITHIN = 1000;
/** Milliseconds for the server to close after its final frame; older ones never do. */
const CLOSE_WITHIN = 250;

/**
 * The `ws` transport: one socket for one run, always closed when the run is answered. There is no limit
 * on silence while it is connected, only on the whole: the run's timeout and the grace period.
 */
export function websocketTransport(): Transport {
  return {
    async run(request, hooks) {
      const first = requestFrame(request);
      if (hooks.signal.aborted) throw cancelled(request);
      return await converse(request, hooks, first);
    },
  };
}

/** One conversation and what it has come to. */
interface Conversation {
  readonly socket: WebSocket;
  readonly timers: Timers;
  readonly resolve: (response: TransportResponse) => void;
  readonly reject: (error: unknown) => void;
  final?: TransportResponse;
  /** What the socket's error event said. */
  trouble?: string;
  opened: boolean;
}

async function converse(
  request: TransportRequest,
  hooks: InvokeHooks,
  first: string,
): Promise<TransportResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<
    TransportResponse
  >();
  const socket = connect(request);
  const talk: Conversation = {
    socket,
    timers: timers(),
    resolve,
    reject,
    opened: false,
  };
  listen(talk, request, { hooks, first });
  const onAbort = () => preempt(talk, request);
  hooks.signal.addEventListener("abort", onAbort, { once: true });
  limitTime(talk, request);
  try {
    return await promise;
  } finally {
    hooks.signal.removeEventListener("abort", onAbort);
    talk.timers.clear();
    hangUp(socket);
  }
}

function connect({ url, token }: TransportRequest): WebSocket {
  const headers = token === undefined
    ? undefined
    : { authorization: `Bearer ${token}` };
  const socket = new WebSocket(url.replace(/^http/, "ws"), {
    protocols: [SUBPROTOCOL],
    ...(headers === undefined ? {} : { headers }),
  });
  socket.binaryType = "arraybuffer";
  return socket;
}

function listen(
  talk: Conversation,
  request: TransportRequest,
  { hooks, first }: { readonly hooks: InvokeHooks; readonly first: string },
): void {
  const { socket } = talk;
  socket.onopen = () => {
    talk.opened = true;
    talk.timers.stop("open");
    if (socket.protocol === SUBPROTOCOL) socket.send(first);
    else talk.reject(bad(`no subprotocol "${SUBPROTOCOL}"`));
  };
  socket.onmessage = ({ data }) => {
    try {
      take(talk, readServerFrame(data, request.executionId), hooks);
    } catch (error) {
      talk.reject(error);
    }
  };
  socket.onerror = (event) => {
    talk.trouble = event instanceof ErrorEvent ? event.message : "";
  };
  socket.onclose = ({ code, reason }) => {
    if (talk.final !== undefined) talk.resolve(talk.final);
    else if (talk.opened) talk.reject(connectionLost(request, code, reason));
    else talk.reject(notConnected(request, talk.trouble ?? ""));
  };
}

function take(
  talk: Conversation,
  received: ReturnType<typeof readServerFrame>,
  hooks: InvokeHooks,
): void {
  if (talk.final !== undefined) throw bad("a frame after the final Response");
  if (received.kind === "event") hooks.onEvent(received.event);
  if (received.kind !== "final") return;
  const { response } = received;
  talk.final = response;
  talk.timers.clear();
  talk.timers.start("close", CLOSE_WITHIN, () => talk.resolve(response));
}

function limitTime(talk: Conversation, request: TransportRequest): void {
  const { timers } = talk;
  const { openMs = OPEN_WITHIN, timeoutS, graceMs } = request;
  timers.start("open", openMs, () => {
    talk.reject(notReady(request, openMs));
  });
  timers.start("whole", timeoutS * 1000 + graceMs + ANSWER_WITHIN, () => {
    ask(talk.socket, "timeout");
    talk.reject(tookTooLong(request));
  });
}

function preempt(talk: Conversation, request: TransportRequest): void {
  if (talk.final !== undefined) return;
  const asked = ask(talk.socket, "cancelled");
  if (!asked) return talk.reject(cancelled(request));
  talk.timers.start("grace", request.graceMs + ANSWER_WITHIN, () => {
    talk.reject(cancelled(request));
  });
}

/** Asks for the end of the run; false when there is nobody to ask. */
function ask(socket: WebSocket, reason: string): boolean {
  if (socket.readyState !== WebSocket.OPEN) return false;
  socket.send(preemptFrame(reason));
  return true;
}

function hangUp(socket: WebSocket): void {
  socket.onopen = socket.onmessage = socket.onclose = null;
  // Closing while connecting is reported as an error, which nobody needs any more.
  socket.onerror = (event) => event.preventDefault();
  if (socket.readyState !== WebSocket.CLOSED) socket.close(CLOSE.normal);
}

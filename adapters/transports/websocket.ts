import { SUBPROTOCOL } from "../../schemas/mod.ts";
import type {
  InvokeHooks,
  Line,
  Transport,
  TransportRequest,
  TransportResponse,
} from "../ports.ts";
import { preemptFrame, requestFrame } from "./request_frame.ts";
import { bad, readServerFrame } from "./server_frame.ts";
import { meet } from "./meet.ts";
import { connect, hangUp } from "./socket.ts";
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
    run: (request, hooks) =>
      begin(request, hooks, () => connect(request, SUBPROTOCOL)),
    async meet(processor) {
      const socket = await meet(processor);
      return socket && lineOf(socket);
    },
  };
}

/** The line of a socket that is open already. */
function lineOf(socket: WebSocket): Line {
  return {
    run: (request, hooks) => begin(request, hooks, () => socket),
    close: () => hangUp(socket),
  };
}

async function begin(
  request: TransportRequest,
  hooks: InvokeHooks,
  open: () => WebSocket,
): Promise<TransportResponse> {
  const first = requestFrame(request);
  if (hooks.signal.aborted) throw cancelled(request);
  return await converse(request, hooks, { first, socket: open() });
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
  { first, socket }: { readonly first: string; readonly socket: WebSocket },
): Promise<TransportResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<
    TransportResponse
  >();
  const talk: Conversation = {
    socket,
    timers: timers(),
    resolve,
    reject,
    opened: socket.readyState !== WebSocket.CONNECTING,
  };
  listen(talk, request, hooks);
  const onAbort = () => preempt(talk, request);
  hooks.signal.addEventListener("abort", onAbort, { once: true });
  sendFirst(talk, request, () => {
    socket.send(first);
    hooks.onWait?.();
  });
  limitTime(talk, request);
  try {
    return await promise;
  } finally {
    hooks.signal.removeEventListener("abort", onAbort);
    talk.timers.clear();
    hangUp(socket);
  }
}

function listen(
  talk: Conversation,
  request: TransportRequest,
  hooks: InvokeHooks,
): void {
  const { socket } = talk;
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

/** Sends the request as soon as there is a connection. */
function sendFirst(
  talk: Conversation,
  request: TransportRequest,
  send: () => void,
): void {
  const { socket } = talk;
  if (socket.readyState === WebSocket.OPEN) return send();
  if (talk.opened) return talk.reject(connectionLost(request, 1006, ""));
  socket.onopen = () => {
    talk.opened = true;
    talk.timers.stop("open");
    if (socket.protocol === SUBPROTOCOL) send();
    else talk.reject(bad(`no subprotocol "${SUBPROTOCOL}"`));
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
  if (!talk.opened) {
    timers.start("open", openMs, () => {
      talk.reject(notReady(request, openMs));
    });
  }
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

import { SUBPROTOCOL } from "../../schemas/mod.ts";
import type {
  InvokeHooks,
  Line,
  Transport,
  TransportHooks,
  TransportRequest,
  TransportResponse,
} from "../ports.ts";
import type { Dialect, Received } from "./dialect.ts";
import { preemptFrame, requestFrame } from "./request_frame.ts";
import { readServerFrame } from "./server_frame.ts";
import { meet } from "./meet.ts";
import { connect, hangUp } from "./socket.ts";
import type { Timers } from "./timers.ts";
import { timers } from "./timers.ts";
import { whenEnded } from "./when_ended.ts";
import {
  afterFinal,
  cancelled,
  connectionLost,
  notConnected,
  notReady,
  otherProtocol,
  tookTooLong,
} from "./websocket_failures.ts";

/** Milliseconds for the connection to be made, when the request does not say. */
export const OPEN_WITHIN = 15_000;
/** Milliseconds for the answer to arrive, on top of the time that the processor has. */
export const ANSWER_WITHIN = 1000;
/** Milliseconds for the server to close after its final frame; older ones never do. */
export const CLOSE_WITHIN = 250;

/** Milliseconds for the final answer of a run of which it was said that it is being ended. */
const END_WITHIN = 1000;

/** Request/Response, which our own servers speak. */
export const REQUEST: Dialect = {
  first: requestFrame,
  read: readServerFrame,
  endsWithFinal: true,
  preempt(_request, socket, frame) {
    socket.send(frame);
  },
};

/**
 * The `ws` transport to our own servers: one socket for one run, always closed when the run is answered. There is no
 * limit on silence while it is connected, only on the whole: the run's timeout and the grace period.
 */
export function websocketTransport(): Transport {
  return {
    run: (request, hooks) =>
      converse(request, hooks, {
        open: () => connect(request, SUBPROTOCOL),
      }),
    async meet(processor) {
      const socket = await meet(processor);
      return socket && lineOf(socket);
    },
  };
}

/** The line of a socket that is open already. */
function lineOf(socket: WebSocket): Line {
  return {
    run: (request, hooks) => converse(request, hooks, { open: () => socket }),
    close: () => hangUp(socket),
  };
}

/** How one conversation is held. */
interface Manner {
  readonly open: () => WebSocket;
  /** Default Request/Response. */
  readonly dialect?: Dialect;
  /** Milliseconds of the time limit that were used up before. */
  readonly spentMs?: number;
}

/** One conversation and what it has come to. */
interface Conversation {
  readonly socket: WebSocket;
  readonly dialect: Dialect;
  readonly timers: Timers;
  readonly resolve: (response: TransportResponse) => void;
  readonly reject: (error: unknown) => void;
  final?: TransportResponse;
  /** What the socket's error event said. */
  trouble?: string;
  opened: boolean;
  /** Whether anything came from the processor. */
  heard: boolean;
  /** Gives up what the end of the run was asked for with; there once it was asked for. */
  stopAsking?: () => void;
}

/** Holds one conversation on a socket, which is closed at its end. */
export async function converse(
  request: TransportRequest,
  hooks: TransportHooks,
  { open, dialect = REQUEST, spentMs = 0 }: Manner,
): Promise<TransportResponse> {
  const first = dialect.first(request);
  if (hooks.signal.aborted) throw cancelled(request);
  const { promise, ...settle } = Promise.withResolvers<TransportResponse>();
  const socket = open();
  const opened = socket.readyState !== WebSocket.CONNECTING;
  const state = { timers: timers(), opened, heard: false };
  const talk: Conversation = { socket, dialect, ...state, ...settle };
  listen(talk, request, hooks);
  const unlisten = whenEnded(hooks, (how) => preempt(talk, request, how));
  sendFirst(talk, request, () => {
    socket.send(first);
    hooks.onWait?.();
  });
  limitTime(talk, request, spentMs);
  try {
    return await promise;
  } finally {
    unlisten();
    talk.timers.clear();
    talk.stopAsking?.();
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
      talk.heard = true;
      const received = talk.dialect.read(data, request.executionId);
      take(talk, received, hooks);
      heedLastWord(talk, request, received);
    } catch (error) {
      talk.reject(error);
    }
  };
  socket.onerror = (event) => {
    talk.trouble = event instanceof ErrorEvent ? event.message : "";
  };
  socket.onclose = ({ code, reason }) => {
    if (talk.final !== undefined) talk.resolve(talk.final);
    else if (talk.opened) {
      const { trouble = "", heard } = talk;
      const how = { code, reason, trouble, heard };
      talk.reject(connectionLost(request, how));
    } else talk.reject(notConnected(request, talk.trouble ?? ""));
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
  if (talk.opened) {
    const how = { code: 1006, reason: "", trouble: "", heard: false };
    return talk.reject(connectionLost(request, how));
  }
  socket.onopen = () => {
    talk.opened = true;
    talk.timers.stop("open");
    if (socket.protocol === SUBPROTOCOL) send();
    else talk.reject(otherProtocol(request, socket.protocol));
  };
}

function take(
  talk: Conversation,
  received: Received,
  { onEvent }: InvokeHooks,
): void {
  const { dialect, timers } = talk;
  if (talk.final !== undefined) throw afterFinal(received.kind);
  if (received.kind === "event") onEvent(received.event);
  if (received.kind !== "final") return;
  const { response } = received;
  timers.clear();
  if (!dialect.endsWithFinal) return talk.resolve(response);
  talk.final = response;
  timers.start("close", CLOSE_WITHIN, () => talk.resolve(response));
}

/** Waits little for what may be left to come of a run that was preempted. */
function heedLastWord(
  talk: Conversation,
  request: TransportRequest,
  received: Received,
): void {
  const { dialect, timers, stopAsking } = talk;
  if (stopAsking === undefined || received.kind !== "event") return;
  const { event } = received;
  if (event.kind !== "Event") return;
  if (event.content.phase !== dialect.lastPhase) return;
  timers.start("grace", END_WITHIN, () => talk.reject(cancelled(request)));
}

function limitTime(
  talk: Conversation,
  request: TransportRequest,
  spentMs: number,
): void {
  const { timers } = talk;
  const { openMs = OPEN_WITHIN, timeoutS, graceMs } = request;
  if (!talk.opened) {
    timers.start("open", openMs, () => {
      talk.reject(notReady(request, openMs));
    });
  }
  const wholeMs = timeoutS * 1000 + graceMs + ANSWER_WITHIN - spentMs;
  timers.start("whole", Math.max(0, wholeMs), () => {
    ask(talk, request, preemptFrame("timeout"));
    talk.reject(tookTooLong(request));
  });
}

function preempt(
  talk: Conversation,
  request: TransportRequest,
  { atOnce }: { readonly atOnce: boolean },
): void {
  if (talk.final !== undefined) return;
  const asked = ask(talk, request, preemptFrame("cancelled", atOnce));
  if (!asked) return talk.reject(cancelled(request));
  const graceMs = atOnce ? 0 : request.graceMs;
  talk.timers.start("grace", graceMs + ANSWER_WITHIN, () => {
    talk.reject(cancelled(request));
  });
}

/** Asks for the end of the run; false when there is nobody to ask. */
function ask(
  talk: Conversation,
  request: TransportRequest,
  frame: string,
): boolean {
  const { socket, dialect } = talk;
  if (socket.readyState !== WebSocket.OPEN) return false;
  talk.stopAsking?.();
  talk.stopAsking = dialect.preempt(request, socket, frame) ?? (() => {});
  return true;
}

import type { Failure } from "../../schemas/mod.ts";
import { MAX_FRAME_BYTES } from "../../schemas/mod.ts";
import type { TransportRequest } from "../ports.ts";
import { directRoad } from "./direct_road.ts";
import { tooLarge } from "./server_frame.ts";
import { timers } from "./timers.ts";
import { ANSWER_WITHIN } from "./websocket.ts";
import {
  brokenOff,
  cancelled,
  tookTooLong,
  unreachable,
} from "./websocket_failures.ts";

/** The HTTP requests of one run. Ended by the time limit of the run or its cancel, and closed at the end. */
export interface HttpCall extends Disposable {
  post(url: string, body: string): Promise<Response>;
  /** The bytes of an answer as they come. */
  pieces(response: Response): AsyncIterable<Uint8Array>;
  /** Gives up what is still to come after so many milliseconds, without a failure. */
  hangUpAfter(delay: number): void;
}

/** HTTP has no frame to ask for the end of a run with: closing the connection is what asks for it. */
export function httpCall(
  request: TransportRequest,
  signal: AbortSignal,
): HttpCall {
  const road = directRoad(request.url);
  const { client } = road;
  const limits = limitsOf(request, signal);
  const { ended } = limits;
  const told = (failure: Failure) => ended.aborted ? ended.reason : failure;
  return {
    post: (url, body) =>
      fetch(url, { ...postOf(request, body), client, signal: ended })
        .catch((error) => Promise.reject(told(unreachable(request, error)))),
    async *pieces({ body }) {
      try {
        for await (const piece of body ?? []) yield piece;
      } catch (error) {
        if (!limits.enough()) throw told(brokenOff(request, error));
      }
    },
    hangUpAfter: limits.hangUpAfter,
    [Symbol.dispose]() {
      limits.clear();
      road[Symbol.dispose]();
    },
  };
}

/** What ends the requests of a run. */
interface Limits extends Pick<HttpCall, "hangUpAfter"> {
  /** Aborted with the failure of the run, or without one when there is {@linkcode enough}. */
  readonly ended: AbortSignal;
  readonly enough: () => boolean;
  readonly clear: () => void;
}

function limitsOf(request: TransportRequest, signal: AbortSignal): Limits {
  const ended = new AbortController();
  const running = timers();
  const { timeoutS, graceMs } = request;
  const wholeMs = timeoutS * 1000 + graceMs + ANSWER_WITHIN;
  running.start("whole", wholeMs, () => ended.abort(tookTooLong(request)));
  const onAbort = () => ended.abort(cancelled(request));
  signal.addEventListener("abort", onAbort, { once: true });
  let enough = false;
  const clear = () => {
    running.clear();
    signal.removeEventListener("abort", onAbort);
  };
  return {
    ended: ended.signal,
    enough: () => enough,
    clear,
    hangUpAfter(delay) {
      clear();
      running.start("close", delay, () => {
        enough = true;
        ended.abort();
      });
    },
  };
}

function postOf({ token }: TransportRequest, body: string): RequestInit {
  const authorization = token === undefined
    ? undefined
    : { authorization: `Bearer ${token}` };
  return {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...authorization },
    // To nobody else is what was meant for this processor sent.
    redirect: "manual",
  };
}

/** The text of an answer; `ERR_RESPONSE_TOO_LARGE` when it is longer than a frame may be. */
export async function textOf(
  response: Response,
  call: HttpCall,
): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  for await (const piece of call.pieces(response)) {
    size += piece.length;
    if (size > MAX_FRAME_BYTES) throw tooLarge();
    parts.push(decoder.decode(piece, { stream: true }));
  }
  return parts.join("") + decoder.decode();
}

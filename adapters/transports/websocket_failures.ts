import { CLOSE, Failure, isObject, SUBPROTOCOL } from "../../schemas/mod.ts";
import type { TransportRequest } from "../ports.ts";
import { bad, tooLarge } from "./server_frame.ts";

/** How HTTP servers answer a handshake that they are not made for. */
const ELSEWHERE: readonly string[] = ["400", "404", "405", "426"];

/** The socket could not be opened; `trouble` is what its error event said. */
export function notConnected(
  { url, token }: TransportRequest,
  trouble: string,
): Failure {
  const status = /status code: (\d{3})/.exec(trouble)?.[1] ?? "";
  // Older servers refuse a handshake with 403 when they do not know the subprotocol; they know of no tokens.
  const others = token === undefined ? [...ELSEWHERE, "403"] : ELSEWHERE;
  if (others.includes(status)) {
    return new Failure(
      "ERR_PROTOCOL",
      `Cannot run on "${url}": it does not speak "${SUBPROTOCOL}" there (HTTP status ${status})`,
    );
  }
  if (status === "401" || status === "403") {
    return new Failure(
      "ERR_UNAUTHORIZED",
      `Cannot run on "${url}": it answered with HTTP status ${status}`,
    );
  }
  if (status !== "") {
    return new Failure(
      "ERR_BAD_RESPONSE",
      `Cannot run on "${url}": it answered with HTTP status ${status} where a WebSocket was expected`,
    );
  }
  const found = trouble === "" ? "no connection" : trouble;
  return new Failure("ERR_NETWORK", `Cannot reach "${url}": ${found}`);
}

/** An HTTP request had no answer; `cause` says why. Throws what says that it may not be made. */
export function unreachable(
  request: TransportRequest,
  cause: unknown,
): Failure {
  if (cause instanceof Deno.errors.NotCapable) throw cause;
  const found = saidBy(cause);
  if (/invalid HTTP/i.test(found)) return bad("something that is not HTTP");
  if (!/client error \((?!Connect)/.test(found)) {
    const { url } = request;
    const message = `Cannot reach "${url}": ${found}`;
    return new Failure("ERR_NETWORK", message, { cause });
  }
  return brokenOff(request, cause);
}

/** A connection that broke before the end of an HTTP answer. */
export function brokenOff({ url }: TransportRequest, cause: unknown): Failure {
  return new Failure(
    "ERR_CONNECTION_LOST",
    `Cannot finish the run on "${url}": the connection broke (${
      saidBy(cause)
    })`,
    { cause },
  );
}

function saidBy(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? saidBy(cause.cause) : cause.message;
}

/** The processor listens, but did not take the connection in time. */
export function notReady({ url }: TransportRequest, openMs: number): Failure {
  return new Failure(
    "ERR_READY_TIMEOUT",
    `Cannot run on "${url}": it did not take the connection within ${
      openMs / 1000
    } s`,
  );
}

/** Close codes of a connection that nobody closed. */
const BROKEN: readonly number[] = [0, 1001, 1006];

/** The socket was closed before the final frame; `heard` tells whether anything had come by then. */
export function connectionLost(
  { url, executionId }: TransportRequest,
  { code, reason, trouble, heard }: {
    readonly code: number;
    readonly reason: string;
    /** What the error event said. */
    readonly trouble: string;
    readonly heard: boolean;
  },
): Failure {
  const why = reason === "" ? `close code ${code}` : `${code}, ${reason}`;
  if (/too large/i.test(trouble)) return tooLarge();
  if (code === CLOSE.tooLarge) {
    return new Failure(
      "ERR_DOCUMENT_TOO_LARGE",
      `Cannot send the inputs of "${executionId}": the processor does not take that many bytes (${why})`,
      { hint: "Move large values into attachments" },
    );
  }
  if (code === CLOSE.protocol || (code === CLOSE.policy && !heard)) {
    return new Failure(
      "ERR_PROTOCOL",
      `Cannot run on "${url}": it does not understand the request (${why})`,
      { details: { close_code: code, heard } },
    );
  }
  const broken = BROKEN.includes(code);
  return new Failure(
    broken ? "ERR_CONNECTION_LOST" : "ERR_FINAL_MISSING",
    broken
      ? `Cannot finish the run on "${url}": the connection broke (${why})`
      : `Cannot finish the run on "${url}": the connection ended without a final Response (${why})`,
  );
}

/** The close code of a server that knows no such first frame, or no such content of it. */
export function refusalOf(error: unknown): 1002 | 1008 | undefined {
  if (!(error instanceof Failure) || error.code !== "ERR_PROTOCOL") return;
  const { details } = error;
  if (!isObject(details) || details["heard"] !== false) return;
  const code = details["close_code"];
  return code === CLOSE.protocol || code === CLOSE.policy ? code : undefined;
}

/** The processor chose another protocol than the one that was offered. */
export function otherProtocol(
  { url }: TransportRequest,
  chosen: string,
): Failure {
  const found = chosen === "" ? "no subprotocol" : `"${chosen}"`;
  return new Failure(
    "ERR_PROTOCOL",
    `Cannot run on "${url}": it chose ${found}, expected "${SUBPROTOCOL}"`,
  );
}

export function tookTooLong(
  { executionId, timeoutS }: Pick<TransportRequest, "executionId" | "timeoutS">,
): Failure {
  return new Failure(
    "ERR_RUN_TIMEOUT",
    `Cannot finish "${executionId}": there was no answer within its ${timeoutS} s`,
  );
}

/** The time is over, and nobody answers at the health path either; `cause` is the failure of the run. */
export function noAnswer(
  { url, executionId, timeoutS }: TransportRequest,
  cause: unknown,
): Failure {
  return new Failure(
    "ERR_NO_ANSWER",
    `Cannot finish "${executionId}": "${url}" has not answered within its ${timeoutS} s, and is not there any more`,
    { cause },
  );
}

export function cancelled({ executionId }: TransportRequest): Failure {
  return new Failure(
    "ERR_PREEMPTED",
    `Cannot finish "${executionId}": it was cancelled`,
  );
}

/** Something came after the final answer. */
export function afterFinal(kind: string): Failure {
  return kind === "final"
    ? new Failure(
      "ERR_FINAL_REPEATED",
      "Cannot trust the answer of the processor: it sent two final ones",
    )
    : new Failure(
      "ERR_FRAME_AFTER_FINAL",
      "Cannot trust the answer of the processor: it went on after the final one",
    );
}

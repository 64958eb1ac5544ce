import { Failure } from "../../schemas/mod.ts";
import type { TransportRequest } from "../ports.ts";

/** The socket could not be opened; `trouble` is what its error event said. */
export function notConnected(
  { url }: TransportRequest,
  trouble: string,
): Failure {
  const status = /status code: (\d{3})/.exec(trouble)?.[1];
  if (status === "401" || status === "403") {
    return new Failure(
      "ERR_UNAUTHORIZED",
      `Cannot run on "${url}": it answered with HTTP status ${status}`,
    );
  }
  if (status !== undefined) {
    return new Failure(
      "ERR_BAD_RESPONSE",
      `Cannot run on "${url}": it answered with HTTP status ${status} where a WebSocket was expected`,
    );
  }
  const found = trouble === "" ? "no connection" : trouble;
  return new Failure("ERR_NETWORK", `Cannot reach "${url}": ${found}`);
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

/** The socket was closed before the final frame. */
export function connectionLost(
  { url }: TransportRequest,
  code: number,
  reason: string,
): Failure {
  const why = reason === "" ? `close code ${code}` : `${code}, ${reason}`;
  return new Failure(
    "ERR_NETWORK",
    `Cannot finish the run on "${url}": the connection ended without a final Response (${why})`,
  );
}

export function tookTooLong(
  { executionId, timeoutS }: TransportRequest,
): Failure {
  return new Failure(
    "ERR_RUN_TIMEOUT",
    `Cannot finish "${executionId}": there was no answer within its ${timeoutS} s`,
  );
}

export function cancelled({ executionId }: TransportRequest): Failure {
  return new Failure(
    "ERR_PREEMPTED",
    `Cannot finish "${executionId}": it was cancelled`,
  );
}

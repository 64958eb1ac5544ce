import { Failure } from "../../schemas/mod.ts";
import { saidBy } from "../images/engine_error.ts";
import { printable } from "../outputs/printable.ts";

/** What an error of an engine, or of the way to it, is to its user; another error as it is. */
export function engineFailure(error: unknown): unknown {
  const said = saidBy(error);
  if (said !== undefined) return refused(said, error);
  return isBroken(error) ? unanswered(error) : error;
}

function refused(said: string, cause: unknown): Failure {
  const words = printable(said.replaceAll(/\s+/g, " ").replace(/\.$/, ""));
  return new Failure(
    "ERR_ENGINE_UNAVAILABLE",
    `Cannot go on: the container engine says "${words}"`,
    { cause },
  );
}

/** The failure for an engine that was asked, and did not answer. */
export function unanswered(error: unknown): Failure {
  return new Failure(
    "ERR_ENGINE_UNAVAILABLE",
    `Cannot go on: the container engine does not answer any more (${
      printable(reasonIn(error))
    })`,
    { hint: "Look whether it runs, then try again", cause: error },
  );
}

/** What `fetch` throws says itself only that it failed. */
function reasonIn(error: unknown): string {
  if (!(error instanceof Error)) return `${error}`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** What Node's sockets and its reader of HTTP say of a connection that could not be made, or broke. */
function isBroken(error: unknown): error is Error {
  // Errors of Deno about files have the same codes.
  return error instanceof Error && error.name === "Error" && "code" in error &&
    BROKEN.test(`${error.code}`);
}

const BROKEN = /^(?:E(?:ACCES|CONN\w+|NOENT|PIPE|TIMEDOUT)|HPE_\w+)$/;

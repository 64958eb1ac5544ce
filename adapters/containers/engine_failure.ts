import { Failure } from "../../schemas/mod.ts";
import { saidBy } from "../images/engine_error.ts";
import { printable } from "../outputs/printable.ts";

/** What an error of an engine, or of the way to it, is to its user; another error as it is. */
export function engineFailure(error: unknown): unknown {
  const said = saidBy(error);
  if (said !== undefined) return refused(said, error);
  return isBroken(error) ? gone(error) : error;
}

function refused(said: string, cause: unknown): Failure {
  const words = printable(said).replaceAll(/\s+/g, " ").replace(/\.$/, "");
  return new Failure(
    "ERR_ENGINE_UNAVAILABLE",
    `Cannot go on: the container engine says "${words}"`,
    { cause },
  );
}

function gone(cause: Error): Failure {
  return new Failure(
    "ERR_ENGINE_UNAVAILABLE",
    `Cannot go on: the container engine does not answer any more (${
      printable(cause.message)
    })`,
    { hint: "Look whether it runs, then try again", cause },
  );
}

/** What the system says of a connection that could not be made, or broke. */
function isBroken(error: unknown): error is Error {
  return error instanceof Error && "code" in error &&
    ["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE"].includes(`${error.code}`);
}

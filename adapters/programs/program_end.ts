import { Failure } from "../../schemas/mod.ts";
import type { TransportRequest, TransportResponse } from "../ports.ts";

/** How a container ended by itself. */
export interface ProgramEnd {
  readonly exitCode: number;
  readonly outOfMemory: boolean;
  /** The last lines that it wrote to standard error. */
  readonly stderr: readonly string[];
}

/** Exit codes of protocols.md 1: of argparse, of a time limit, and 128 and a signal. */
const USAGE = 2;
const TIMED_OUT = 124;
const KILLED = 137;
const TERMINATED = 143;

/** What the end of a program means. Killed by others, it is a `Failure`: that is no answer. */
export function responseOf(
  { executionId }: Pick<TransportRequest, "executionId">,
  end: ProgramEnd,
): TransportResponse {
  const { exitCode, outOfMemory, stderr } = end;
  if (exitCode === 0) return { status: "success" };
  const message = (how: string) =>
    `Cannot finish "${executionId}": its program ${how}`;
  if (outOfMemory) {
    return failed("ERR_OUT_OF_MEMORY", message("used up its memory"), end);
  }
  if (exitCode === TIMED_OUT) {
    const how = message("ended with code 124, past a time limit of its own");
    return failed("ERR_RUN_TIMEOUT", how, end);
  }
  if (exitCode === KILLED || exitCode === TERMINATED) {
    // Not every engine tells when memory was the reason.
    const how = exitCode === KILLED
      ? "was killed, by somebody else or because it used up its memory"
      : "was ended by SIGTERM, which theoryctl did not send";
    throw new Failure(
      "ERR_INSTANCE_DIED",
      message(`${how} (code ${exitCode})`),
      {
        details: detailsOf(end),
        ...(stderr.length === 0 ? {} : { hint: stderr.join("\n") }),
      },
    );
  }
  const what = exitCode === USAGE
    ? "refused its arguments (code 2)"
    : `ended with code ${exitCode}`;
  const last = stderr.findLast((line) => line.trim() !== "");
  const said = last === undefined ? "" : `: ${last.trim()}`;
  return failed("ERR_RUNTIME", `${message(what)}${said}`, end);
}

function failed(
  code: string,
  message: string,
  end: ProgramEnd,
): TransportResponse {
  return { status: "error", error: { code, message, details: detailsOf(end) } };
}

function detailsOf({ exitCode, stderr }: ProgramEnd) {
  return { exit_code: exitCode, stderr: [...stderr] };
}

/** Whether a program refused the id of the run, as those of the first two generations do, before it did anything. */
export function refusesId({ exitCode, stderr }: ProgramEnd): boolean {
  return exitCode === USAGE &&
    stderr.some((line) =>
      /unrecognized arguments?:.*--execution-id/.test(line)
    );
}

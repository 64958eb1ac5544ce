import { canonicalJson, exitOf, Failure } from "../schemas/mod.ts";
import type { Request } from "./application.ts";
import { ensureGranted } from "./permissions.ts";
import type { World } from "./world.ts";

/** Does what was asked for, and turns whatever ends it into an exit code and a message. */
export async function conclude({ command, input }: Request): Promise<number> {
  const { world } = input;
  try {
    await ensureGranted(command.permissions(input), world);
    const { run } = await command.load();
    return await run(input);
  } catch (error) {
    const failure = asFailure(error, world);
    if (input.flags["json"] === true) {
      world.stdout.write(`${failureJson(failure)}\n`);
    }
    printFailure(failure, world);
    return exitFor(failure, world);
  }
}

/** The one table from failure to exit code; an interrupt keeps its signal's. */
export function exitFor(failure: Failure, world: World): number {
  if (world.interrupted.aborted && isCancel(failure.code)) {
    return Number(world.interrupted.reason);
  }
  return exitOf(failure.code);
}

function isCancel(code: string): boolean {
  return code === "ERR_INTERRUPTED" || code === "ERR_PREEMPTED";
}

/** What was thrown, as a failure: a missing permission and a bug have codes of their own. */
export function asFailure(error: unknown, world: World): Failure {
  if (error instanceof Failure) return error;
  if (world.interrupted.aborted) {
    return new Failure("ERR_INTERRUPTED", "Interrupted");
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === "NotCapable") {
    return new Failure("ERR_PERMISSION", `Cannot go on: ${message}`, {
      cause: error,
    });
  }
  const stack = error instanceof Error ? error.stack ?? message : message;
  return new Failure("ERR_INTERNAL", `Cannot go on: ${message}`, {
    hint: stack,
    cause: error,
  });
}

/** Writes a failure for people: code, message and what to do. */
export function printFailure(failure: Failure, world: World): void {
  const paint = (text: string) =>
    world.stderr.color ? `\x1b[31m${text}\x1b[0m` : text;
  world.stderr.write(`${paint(`error ${failure.code}`)} ${failure.message}\n`);
  if (failure.hint !== undefined) world.stderr.write(`${failure.hint}\n`);
}

/** An error as the envelope that scripts read, for commands that have no execution. */
function failureJson({ code, message, hint, details }: Failure): string {
  const error = {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(details === undefined ? {} : { details }),
  };
  return canonicalJson({ status: "error", execution_id: "", error, meta: {} });
}

import { Failure } from "./schemas.ts";
import type { EnvelopeError } from "./schemas.ts";
import type { RunMode, WorkerResult } from "./messages.ts";

type FailedResult = WorkerResult & { readonly ok: false };

/** What a thrown value becomes in an envelope; its stack is for the log alone. */
export function failedResult(thrown: unknown, mode: RunMode): FailedResult {
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  const error = describeThrown(thrown, mode);
  return { ok: false, error, ...(stack === undefined ? {} : { stack }) };
}

function describeThrown(thrown: unknown, mode: RunMode): EnvelopeError {
  if (thrown instanceof Failure) return ofFailure(thrown);
  const denied = chain(thrown).map(deniedAccess).find((each) =>
    each !== undefined
  );
  if (denied === undefined) {
    return { code: "ERR_RUNTIME", message: plainMessage(thrown) };
  }
  const why = mode === "mock"
    ? "a mock run has nothing but its own files"
    : "the entry does not declare it";
  return { code: "ERR_HERMETIC", message: `Cannot use ${denied}: ${why}` };
}

/** The envelope's error of a failure. */
export function ofFailure(failure: Failure): EnvelopeError {
  const { code, message, details } = failure;
  return { code, message, ...(details === undefined ? {} : { details }) };
}

function plainMessage(thrown: unknown): string {
  if (thrown instanceof Error) return `${thrown.name}: ${thrown.message}`;
  return `Thrown: ${
    typeof thrown === "string" ? thrown : Deno.inspect(thrown)
  }`;
}

/** An error, its causes and, of an aggregate, its parts. */
function chain(thrown: unknown, depth = 0): readonly Error[] {
  if (!(thrown instanceof Error) || depth > 8) return [];
  const parts = thrown instanceof AggregateError ? thrown.errors : [];
  return [
    thrown,
    ...[thrown.cause, ...parts].flatMap((each) => chain(each, depth + 1)),
  ];
}

/** `net access to "example.com:443"`, if the error says that a permission is missing. */
function deniedAccess(error: Error): string | undefined {
  const required = /^Requires (.+?)(?:, run again with|$)/m.exec(error.message);
  if (required?.[1] !== undefined && isPermissionError(error)) {
    return required[1];
  }
  if (error instanceof Deno.errors.NotCapable) {
    return /^Deno\.\w+/.exec(error.message)?.[0] ?? error.message;
  }
  const remote = /remote specifier was requested: "([^"]+)"/.exec(
    error.message,
  );
  return remote === null ? undefined : `import access to "${remote[1]}"`;
}

/** A module that may not be loaded is reported as a TypeError. */
function isPermissionError(error: Error): boolean {
  return error instanceof Deno.errors.NotCapable ||
    error.message.includes("run again with the --allow-");
}

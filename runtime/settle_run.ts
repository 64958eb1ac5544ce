import type { WorkerResult } from "./messages.ts";
import type { RunHostOptions, RunOutcome } from "./run_host.ts";
import type { RunRequest } from "./run_request.ts";
import { redactJson, redactor } from "./schemas.ts";
import type { EnvelopeError, Redact } from "./schemas.ts";

/** Makes of how a handler ended what its client is told: of real runs nothing with a secret in it. */
export async function settle(
  result: WorkerResult,
  { request, options, runDir }: {
    readonly request: RunRequest;
    readonly options: RunHostOptions;
    readonly runDir: string;
  },
): Promise<RunOutcome> {
  const { mode, executionId: execution_id } = request;
  const secrets = mode === "real" ? Object.values(options.secrets) : [];
  const redact = redactor(secrets);
  if (!result.ok) {
    const { stack, error: { code, message } } = result;
    options.log("error", "handler.error", {
      execution_id,
      code,
      message,
      ...(stack === undefined ? {} : { stack }),
    });
    const error = redactError(result.error, redact);
    return { status: "error", error, refused: false };
  }
  if (secrets.length > 0 && await hasTellingName(runDir, redact)) {
    return { status: "error", error: TELLING_NAME, refused: false };
  }
  return { status: "success", outputs: result.outputs, runDir };
}

const TELLING_NAME: EnvelopeError = {
  code: "ERR_OUTPUT_UNSAFE",
  message: "Cannot keep the outputs: the name of one holds a secret",
};

function redactError(
  { code, message, details }: EnvelopeError,
  redact: Redact,
): EnvelopeError {
  return {
    code: redact(code) === code ? code : "ERR_RUNTIME",
    message: redact(message),
    ...(details === undefined ? {} : { details: redactJson(details, redact) }),
  };
}

/** Whether a path below a run's folder holds a secret, in any form; it would stand in envelopes for ever. */
async function hasTellingName(
  runDir: string,
  redact: Redact,
  below = "",
): Promise<boolean> {
  for await (const { name, isDirectory } of Deno.readDir(runDir + below)) {
    const path = `${below}/${name}`;
    const told = [path, path.replaceAll("/", "")];
    if (told.some((each) => redact(each) !== each)) return true;
    if (isDirectory && await hasTellingName(runDir, redact, path)) return true;
  }
  return false;
}

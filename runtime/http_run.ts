import { envelopeOf, envelopeText, errorEnvelope } from "./envelopes.ts";
import type { Finished } from "./envelopes.ts";
import { BodyError, readBody } from "./read_body.ts";
import { ofFailure } from "./run_error.ts";
import type { RunHost, RunHostOptions, RunOutcome } from "./run_host.ts";
import { readRunRequest } from "./run_request.ts";
import type { RunRequest } from "./run_request.ts";
import { Failure } from "./schemas.ts";
import type { Envelope, JsonObject, RunEvent } from "./schemas.ts";

/** The server, as its routes see it. */
export interface ServerParts {
  readonly options: RunHostOptions;
  readonly host: RunHost;
  /** Aborted when the server ends. */
  readonly ending: AbortSignal;
}

/** An answer before it is put on the wire. */
export interface HttpAnswer {
  readonly status: number;
  readonly envelope: Envelope;
}

/** `POST /run`: one request, one envelope. */
export async function answerRun(
  request: Request,
  server: ServerParts,
): Promise<Response> {
  const answer = await readAndRun(request, server);
  return await envelopeResponse(answer);
}

async function readAndRun(
  request: Request,
  server: ServerParts,
): Promise<HttpAnswer> {
  try {
    const body = await readRunBody(request);
    return await runBody(body, server, {
      signal: request.signal,
      onEvent: () => {},
    });
  } catch (error) {
    return await refusedBody(error, server);
  }
}

/** A body with the id that it names. */
export interface RunBody {
  readonly executionId: string;
  readonly body: JsonObject;
}

/** Reads a body as far as every transport needs it. Throws `BodyError`. */
export async function readRunBody(request: Request): Promise<RunBody> {
  const body = await readBody(request);
  const id = body["execution_id"];
  if (typeof id === "string" && id.trim() !== "") {
    return { executionId: id, body };
  }
  throw new BodyError(400, "Missing execution_id");
}

/** Runs what a body asks for. Cancelled when the client goes or the server ends. */
export async function runBody(
  { executionId, body }: RunBody,
  server: ServerParts,
  hooks: {
    readonly signal: AbortSignal;
    readonly onEvent: (event: RunEvent) => void;
  },
): Promise<HttpAnswer> {
  const { options, host } = server;
  const begun = performance.now();
  const request = readHttpRequest({ executionId, body }, options);
  if (request instanceof Failure) {
    const finished = { executionId, durationMs: 0 };
    const error = ofFailure(request);
    const envelope = await errorEnvelope(error, finished, options);
    return { status: 400, envelope };
  }
  const log = { execution_id: executionId, mode: request.mode };
  const outcome = await host.execute(request, {
    signal: hooks.signal,
    ending: server.ending,
    onStart: () => options.log("info", "http.run.start", log),
    onEvent: hooks.onEvent,
  });
  if (hooks.signal.aborted) await host.discard(executionId);
  const durationMs = Math.round(performance.now() - begun);
  const finished: Finished = { executionId, mode: request.mode, durationMs };
  const envelope = await envelopeOf(outcome, finished, options);
  const settled = { ...log, status: outcome.status, elapsed_ms: durationMs };
  options.log("info", "http.run.settle", settled);
  return { status: statusOf(outcome), envelope };
}

function readHttpRequest(
  { executionId, body }: RunBody,
  { entry }: RunHostOptions,
): RunRequest | Failure {
  const { mode, write_prefix: writePrefix, timeout_s: timeoutS, inputs } = body;
  const { grace_s: graceS } = body;
  if (typeof writePrefix !== "string" || writePrefix.trim() === "") {
    return new Failure("ERR_INPUTS", "Missing write_prefix");
  }
  try {
    const raw = { executionId, mode, writePrefix, timeoutS, graceS, inputs };
    return readRunRequest(raw, entry.runtime.timeoutS);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** What the request got wrong is 400; what the processor could not do is 500. */
function statusOf(outcome: RunOutcome): number {
  if (outcome.status === "success") return 200;
  const lacking = [
    "ERR_MISSING_SECRET",
    "ERR_INTERNAL",
    "ERR_INSTANCE_ENDING",
  ];
  return outcome.refused && !lacking.includes(outcome.error.code) ? 400 : 500;
}

/** The answer to a body that could not be read. Throws what is no `BodyError`. */
export async function refusedBody(
  error: unknown,
  { options }: ServerParts,
): Promise<HttpAnswer> {
  if (!(error instanceof BodyError)) throw error;
  options.log("error", "http.run.error", { reason: error.message });
  const finished = { executionId: "", durationMs: 0 };
  const envelope = await errorEnvelope(ofFailure(error), finished, options);
  return { status: error.status, envelope };
}

/** Puts an envelope on the wire. */
export async function envelopeResponse(
  { status, envelope }: HttpAnswer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const type = { "content-type": "application/json" };
  const body = await envelopeText(envelope);
  return new Response(body, { status, headers: { ...type, ...headers } });
}

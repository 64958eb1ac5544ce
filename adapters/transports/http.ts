import type { JsonObject } from "../../schemas/mod.ts";
import { Failure, isObject } from "../../schemas/mod.ts";
import type {
  InvokeHooks,
  Transport,
  TransportRequest,
  TransportResponse,
} from "../ports.ts";
import { askHealth, orNoAnswer } from "./health.ts";
import type { HttpCall } from "./http_call.ts";
import { httpCall, textOf } from "./http_call.ts";
import { isEnvelope, readEnvelope } from "./read_envelope.ts";
import { requestText } from "./request_frame.ts";
import { readStream } from "./run_stream.ts";
import { bad, parseObject } from "./server_frame.ts";
import { OPEN_WITHIN } from "./websocket.ts";
import { cancelled } from "./websocket_failures.ts";

/**
 * The `http` transport (protocols.md 2): one POST for one run. At an address that ends in `-stream` the processor
 * tells events while it works; older ones do not have it, and are asked at the address without. A cancel, and the
 * end of the time, close the connection.
 */
export function httpTransport(): Transport {
  return {
    run: (request, hooks) =>
      orNoAnswer(request, () => exchange(request, hooks)),
  };
}

async function exchange(
  request: TransportRequest,
  { signal, onEvent, onWait }: InvokeHooks,
): Promise<TransportResponse> {
  const body = requestText(bodyOf(request), request);
  if (signal.aborted) throw cancelled(request);
  using call = httpCall(request, signal);
  await meet(request, signal);
  const posting = call.post(request.url, body);
  onWait?.();
  const response = await posting;
  if (isEventStream(response)) {
    return await readStream(response, { request, call, onEvent });
  }
  const answer = await readAnswer(response, call);
  const plain = withoutStream(request.url);
  if (response.status !== 404 || answer.envelope || plain === undefined) {
    return settle(request, answer);
  }
  const again = await call.post(plain, body);
  return settle({ ...request, url: plain }, await readAnswer(again, call));
}

/** Whether the processor is there, since a request that takes a run does not tell until the run is over. */
async function meet(
  request: TransportRequest,
  signal: AbortSignal,
): Promise<void> {
  const { healthUrl, openMs: withinMs = OPEN_WITHIN } = request;
  if (healthUrl === undefined) return;
  const question = { healthUrl, withinMs, signal };
  await askHealth(request, question).catch((error) => {
    throw signal.aborted ? cancelled(request) : error;
  });
}

function bodyOf(request: TransportRequest): JsonObject {
  return {
    schema: "v1",
    execution_id: request.executionId,
    mode: request.mode,
    inputs: request.inputs,
    write_prefix: request.writePrefix,
    timeout_s: request.timeoutS,
    grace_s: request.graceMs / 1000,
  };
}

function isEventStream({ headers }: Response): boolean {
  return headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ===
    "text/event-stream";
}

function withoutStream(url: string): string | undefined {
  return /^([^?#]+)-stream$/.exec(url)?.[1];
}

/** An HTTP answer that is no stream. */
interface Answer {
  readonly status: number;
  readonly text: string;
  /** What it carries, if that claims to be an envelope. */
  readonly envelope?: JsonObject;
}

async function readAnswer(
  response: Response,
  call: HttpCall,
): Promise<Answer> {
  const { status } = response;
  const text = await textOf(response, call);
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value) && isEnvelope(value)) {
      return { status, text, envelope: value };
    }
  } catch {
    // Said by what it is not taken for.
  }
  return { status, text };
}

/** An envelope counts whatever the status, except success with a status of failure. */
function settle(
  request: TransportRequest,
  { status, text, envelope }: Answer,
): TransportResponse {
  if (status === 401 || status === 403) throw unauthorized(request, status);
  if (envelope === undefined) throw noEnvelope(request, { status, text });
  const response = readEnvelope(envelope, request.executionId);
  if (status < 400 || response.status === "error") return response;
  throw new Failure(
    "ERR_PROCESSOR_HTTP",
    `Cannot trust the answer of "${request.url}": a success envelope with HTTP status ${status}`,
  );
}

function unauthorized({ url }: TransportRequest, status: number): Failure {
  return new Failure(
    "ERR_UNAUTHORIZED",
    `Cannot run on "${url}": it answered with HTTP status ${status}`,
  );
}

function noEnvelope(
  { url, executionId }: TransportRequest,
  { status, text }: Answer,
): Failure {
  if (status === 404 || status === 405) {
    return new Failure(
      "ERR_PROTOCOL",
      `Cannot run on "${url}": it takes no runs there (HTTP status ${status})`,
    );
  }
  if (status === 413) {
    return new Failure(
      "ERR_DOCUMENT_TOO_LARGE",
      `Cannot send the inputs of "${executionId}": the processor does not take that many bytes (HTTP status 413)`,
      { hint: "Move large values into attachments" },
    );
  }
  if (status >= 400) return bad(`HTTP status ${status} without an envelope`);
  parseObject(text);
  return bad(`HTTP status ${status} and no envelope`);
}

import type { JsonObject, RunEvent } from "../../schemas/mod.ts";
import { Failure } from "../../schemas/mod.ts";
import type {
  InvokeHooks,
  TransportRequest,
  TransportResponse,
} from "../ports.ts";
import type { Received } from "./dialect.ts";
import type { HttpCall } from "./http_call.ts";
import { isEnvelope, readEnvelope } from "./read_envelope.ts";
import { bad, parseObject, readEvent } from "./server_frame.ts";
import type { SentEvent } from "./server_sent_events.ts";
import { serverSentEvents } from "./server_sent_events.ts";
import { CLOSE_WITHIN } from "./websocket.ts";
import { afterFinal } from "./websocket_failures.ts";

/** Reads the server-sent events of a run to their end (protocols.md 2.5). */
export async function readStream(
  response: Response,
  { request, call, onEvent }: Pick<InvokeHooks, "onEvent"> & {
    readonly request: TransportRequest;
    readonly call: HttpCall;
  },
): Promise<TransportResponse> {
  let final: TransportResponse | undefined;
  for await (const sent of serverSentEvents(call.pieces(response))) {
    const received = readSent(sent, request.executionId);
    if (final !== undefined) throw afterFinal(received.kind);
    if (received.kind === "event") onEvent(received.event);
    if (received.kind !== "final") continue;
    final = received.response;
    call.hangUpAfter(CLOSE_WITHIN);
  }
  if (final !== undefined) return final;
  throw new Failure(
    "ERR_FINAL_MISSING",
    `Cannot finish the run on "${request.url}": the stream ended without an envelope`,
  );
}

/** What a server-sent event means; `ERR_BAD_RESPONSE` when it is none of a run. */
export function readSent({ name, data }: SentEvent, runId: string): Received {
  const said = parseObject(data);
  switch (name) {
    case "done":
    case "error":
      return { kind: "final", response: readEnvelope(said, runId) };
    case "message":
      return isEnvelope(said)
        ? { kind: "final", response: readEnvelope(said, runId) }
        : { kind: "event", event: progress(said, "event") };
    case "progress":
      return { kind: "event", event: progress(said, "status") };
    case "event":
      return { kind: "event", event: readEvent("Event", said) };
    case "token":
      return { kind: "event", event: readEvent("Token", said) };
    case "log":
      return { kind: "event", event: readEvent("Log", said) };
    default:
      throw bad(`an event of name ${JSON.stringify(name)}`);
  }
}

/** Older servers name the phase otherwise. */
function progress(said: JsonObject, key: string): RunEvent {
  return readEvent("Event", { ...said, phase: said[key] ?? null });
}

import type { JsonObject, RunEvent } from "../../schemas/mod.ts";
import { Failure, isObject, MAX_FRAME_BYTES } from "../../schemas/mod.ts";
import type { TransportResponse } from "../ports.ts";
import type { Received } from "./dialect.ts";

/** Reads one WebSocket message of the Request/Response dialect; `ERR_BAD_RESPONSE` when it is none. */
export function readServerFrame(data: unknown, runId: string): Received {
  if (typeof data !== "string") throw bad("a binary frame");
  const frame = parseObject(data);
  switch (frame["kind"]) {
    case "Ack":
      checkRunId(content(frame), runId);
      return { kind: "ack" };
    case "Event":
    case "Token":
    case "Log":
      return { kind: "event", event: readEvent(frame["kind"], content(frame)) };
    case "Response":
      return readResponse(frame, runId);
    default:
      throw bad(`a frame of kind ${JSON.stringify(frame["kind"])}`);
  }
}

/** The object that a text is; `ERR_BAD_RESPONSE` or `ERR_RESPONSE_TOO_LARGE` when it is none. */
export function parseObject(text: string): JsonObject {
  if (isTooLong(text)) throw tooLarge();
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    throw bad(`a frame that is not JSON (${excerpt(text)})`);
  }
  throw bad(`a frame that is no JSON object (${excerpt(text)})`);
}

/** What a frame between the first and the last one tells. */
export function readEvent(kind: RunEvent["kind"], said: JsonObject): RunEvent {
  const field = { Event: "phase", Token: "text", Log: "msg" } as const;
  const text = said[field[kind]];
  if (typeof text !== "string") {
    throw bad(`a frame of kind "${kind}" without content.${field[kind]}`);
  }
  if (kind === "Event") return { kind, content: { ...said, phase: text } };
  if (kind === "Token") return { kind, content: { text } };
  return { kind, content: { ...said, msg: text } };
}

function readResponse(frame: JsonObject, runId: string): Received {
  const { control } = frame;
  if (!isObject(control)) throw bad("a Response without control");
  checkRunId(control, runId);
  if (control["final"] !== true) return { kind: "partial" };
  if (control["status"] === "success") {
    const { outputs } = frame;
    const says = isObject(outputs) && Object.keys(outputs).length > 0;
    const said = says ? { said: { outputs } } : {};
    return { kind: "final", response: { status: "success", ...said } };
  }
  if (control["status"] === "error") {
    return { kind: "final", response: readError(frame["error"]) };
  }
  throw bad(`a Response of status ${JSON.stringify(control["status"])}`);
}

/** The error of a processor; `ERR_BAD_RESPONSE` when it is of another form. */
export function readError(error: unknown): TransportResponse {
  const { code, message, details } = isObject(error) ? error : {};
  if (typeof code !== "string" || typeof message !== "string") {
    throw bad("an error without error.code and error.message");
  }
  const more = details === undefined ? {} : { details };
  return { status: "error", error: { code, message, ...more } };
}

/** The content of a frame; `ERR_BAD_RESPONSE` without one. */
export function content(frame: JsonObject): JsonObject {
  const said = frame["content"];
  if (isObject(said)) return said;
  throw bad(`a frame of kind ${JSON.stringify(frame["kind"])} without content`);
}

function checkRunId(said: JsonObject, runId: string): void {
  if (said["run_id"] === runId) return;
  throw bad(`a frame of another run (${JSON.stringify(said["run_id"])})`);
}

function isTooLong(text: string): boolean {
  if (text.length * 3 <= MAX_FRAME_BYTES) return false;
  return new TextEncoder().encode(text).length > MAX_FRAME_BYTES;
}

function excerpt(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** The failure for something that is not of the protocol. */
export function bad(found: string): Failure {
  return new Failure(
    "ERR_BAD_RESPONSE",
    `Cannot read the answer of the processor: it sent ${found}`,
  );
}

/** The failure for a message that is larger than a frame may be. */
export function tooLarge(): Failure {
  return new Failure(
    "ERR_RESPONSE_TOO_LARGE",
    `Cannot read the answer of the processor: a message of it has more than ${MAX_FRAME_BYTES} bytes`,
  );
}

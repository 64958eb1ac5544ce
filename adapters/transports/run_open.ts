import type { JsonObject } from "../../schemas/mod.ts";
import type { TransportRequest } from "../ports.ts";
import { askAsController } from "./controller.ts";
import type { Dialect, Received } from "./dialect.ts";
import { readEnvelope } from "./read_envelope.ts";
import { requestText } from "./request_frame.ts";
import { bad, content, parseObject, readEvent } from "./server_frame.ts";

/**
 * `RunOpen` with the request in a payload (protocols.md 3.2). Beside it stands `execution_id` alone: servers of the
 * flat form would take a `run_id` there, and run without inputs.
 */
export const NESTED: Dialect = {
  first: (request) =>
    requestText(runOpen(nestedContent("client", request)), request),
  read: readRunFrame,
  endsWithFinal: false,
  preempt: (request, _socket, preempt) =>
    askAsController(request, {
      open: JSON.stringify(runOpen(controllerContent(request))),
      preempt,
    }),
  lastPhase: "preempted",
};

/**
 * `RunOpen` whose content is the request (protocols.md 3.3). Its servers hear nothing more from their clients, so a
 * preempt is heard only by one that goes beyond them.
 */
export const FLAT: Dialect = {
  first: (request) => requestText(runOpen(flatContent(request)), request),
  read: readRunFrame,
  endsWithFinal: false,
  preempt(_request, socket, frame) {
    socket.send(frame);
  },
};

function runOpen(content: JsonObject): JsonObject {
  return { kind: "RunOpen", content };
}

function nestedContent(role: string, request: TransportRequest): JsonObject {
  const { executionId, mode, inputs, writePrefix } = request;
  const uploads = uploadsOf(request);
  return {
    role,
    execution_id: executionId,
    start: true,
    payload: {
      execution_id: executionId,
      run_id: executionId,
      mode,
      inputs,
      write_prefix: writePrefix,
      put_urls: uploads ?? {},
      ...(uploads && { outputs: uploads }),
    },
  };
}

function controllerContent({ executionId }: TransportRequest): JsonObject {
  return { role: "controller", execution_id: executionId };
}

function flatContent(request: TransportRequest): JsonObject {
  const { executionId, mode, inputs } = request;
  const outputs = uploadsOf(request);
  return { run_id: executionId, mode, inputs, ...(outputs && { outputs }) };
}

/** These servers know URLs alone; without any they write files where they choose. */
function uploadsOf({ outputs }: TransportRequest): TransportRequest["outputs"] {
  const isUpload = (each: string) => /^https?:/.test(each);
  return outputs && Object.values(outputs).every(isUpload)
    ? outputs
    : undefined;
}

/** Reads one WebSocket message of either form; `ERR_BAD_RESPONSE` when it is none. */
export function readRunFrame(data: unknown, runId: string): Received {
  if (typeof data !== "string") throw bad("a binary frame");
  const frame = parseObject(data);
  const { kind } = frame;
  switch (kind) {
    case "Ack":
      checkAck(content(frame), runId);
      return { kind: "ack" };
    case "Event":
    case "Token":
    case "Log":
      return { kind: "event", event: readEvent(kind, content(frame)) };
    case "Frame":
      return { kind: "partial" };
    case "RunResult":
      return { kind: "final", response: readEnvelope(content(frame), runId) };
    default:
      throw bad(`a frame of kind ${JSON.stringify(kind)}`);
  }
}

function checkAck(said: JsonObject, runId: string): void {
  const id = said["execution_id"] ?? said["run_id"];
  if (id === runId) return;
  throw bad(`a frame of another run (${JSON.stringify(id)})`);
}

import type { JsonObject } from "../../schemas/mod.ts";
import { isObject } from "../../schemas/mod.ts";
import type { Said, TransportResponse } from "../ports.ts";
import { bad, readError } from "./server_frame.ts";

/** Whether an object claims to be the envelope of a run. */
export function isEnvelope({ status }: JsonObject): boolean {
  return status === "success" || status === "error";
}

/**
 * Reads the envelope that a processor answers with, in every form of protocols.md 5.1 since errors have codes;
 * `ERR_BAD_RESPONSE` when it is none, or of another run.
 */
export function readEnvelope(
  envelope: JsonObject,
  runId: string,
): TransportResponse {
  if (!isEnvelope(envelope)) {
    throw bad(`an envelope of status ${JSON.stringify(envelope["status"])}`);
  }
  checkId(envelope, runId);
  return envelope["status"] === "error"
    ? readError(envelope["error"])
    : { status: "success", said: readSaid(envelope) };
}

/** The id is empty in what answers a request that was not understood. */
function checkId(envelope: JsonObject, runId: string): void {
  const id = envelope["execution_id"] ?? envelope["run_id"];
  if (id === runId || (id === "" && envelope["status"] === "error")) return;
  throw bad(`the envelope of another run (${JSON.stringify(id)})`);
}

function readSaid({ outputs, meta }: JsonObject): Said {
  if (!Array.isArray(outputs) && !isObject(outputs)) {
    throw bad("a success envelope without outputs");
  }
  return { outputs, ...(isObject(meta) ? { meta } : {}) };
}

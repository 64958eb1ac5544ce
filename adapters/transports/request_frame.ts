import type { ControlFrame, RequestFrame } from "../../schemas/mod.ts";
import { Failure, MAX_FRAME_BYTES } from "../../schemas/mod.ts";
import type { TransportRequest } from "../ports.ts";

/** The first frame of a run, as text. */
export function requestFrame(request: TransportRequest): string {
  const frame: RequestFrame = {
    kind: "Request",
    control: {
      run_id: request.executionId,
      mode: request.mode,
      write_prefix: request.writePrefix,
      timeout_s: request.timeoutS,
      grace_s: request.graceMs / 1000,
    },
    inputs: request.inputs,
    ...(request.outputs && { outputs: request.outputs }),
  };
  return requestText(frame, request);
}

/** A request as text; `ERR_DOCUMENT_TOO_LARGE` when that is more than a processor takes. */
export function requestText(
  value: unknown,
  { executionId }: Pick<TransportRequest, "executionId">,
): string {
  const text = JSON.stringify(value);
  if (new TextEncoder().encode(text).length <= MAX_FRAME_BYTES) return text;
  throw new Failure(
    "ERR_DOCUMENT_TOO_LARGE",
    `Cannot send the inputs of "${executionId}": they have more than ${MAX_FRAME_BYTES} bytes`,
    { hint: "Move large values into attachments" },
  );
}

/** Asks the processor to end the run; without its grace period, which older servers do not know of. */
export function preemptFrame(reason: string, atOnce = false): string {
  const frame: ControlFrame = {
    kind: "control",
    content: { op: "preempt", reason, ...(atOnce && { at_once: true }) },
  };
  return JSON.stringify(frame);
}

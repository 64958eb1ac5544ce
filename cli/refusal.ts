import type { ErrorEnvelope, Failure } from "../schemas/mod.ts";

/** The envelope of a run that did not come about. */
export function refusal(
  { code, message, details }: Failure,
  executionId: string,
): ErrorEnvelope {
  const error = {
    code,
    message,
    ...(details === undefined ? {} : { details }),
  };
  const meta = { env_fingerprint: "" };
  return { status: "error", execution_id: executionId, error, meta };
}

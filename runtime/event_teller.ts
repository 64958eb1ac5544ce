import type { RunHostOptions } from "./run_host.ts";
import type { RunRequest } from "./run_request.ts";
import { redactJson, redactor, streamRedactor } from "./schemas.ts";
import type { JsonObject, RunEvent } from "./schemas.ts";

/** Passes on the events of one run, without the secrets in them. */
export interface EventTeller {
  readonly tell: (event: RunEvent) => void;
  /** Tells what was held back of the tokens, because a secret could have begun there. */
  readonly end: () => void;
}

/** Mock runs hold no secret, and must say the same on every machine: only real ones are redacted. */
export function eventTeller(
  { executionId, mode }: RunRequest,
  { secrets, log }: RunHostOptions,
  onEvent: (event: RunEvent) => void,
): EventTeller {
  const values = mode === "real" ? Object.values(secrets) : [];
  const redact = redactor(values);
  const tokens = streamRedactor(values);
  const token = (text: string) => {
    if (text !== "") onEvent({ kind: "Token", content: { text } });
  };
  return {
    tell(event) {
      if (event.kind === "Token") return token(tokens.push(event.content.text));
      const content = redactJson(event.content, redact) as JsonObject;
      if (event.kind === "Log") {
        log("info", "handler.log", { ...content, execution_id: executionId });
      }
      onEvent({ ...event, content } as RunEvent);
    },
    end: () => token(tokens.end()),
  };
}

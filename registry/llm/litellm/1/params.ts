import type { Json, JsonObject, Run } from "theoryctl/handler";

/** `params` of the inputs document, as registry.yaml describes it. */
export interface ChatParams {
  readonly messages: readonly ChatMessage[];
  readonly model: string;
  readonly stream: boolean;
  /** Everything else, which the provider gets as it is. */
  readonly options: JsonObject;
}

export interface ChatMessage {
  readonly role: "system" | "developer" | "user" | "assistant";
  readonly content: string | readonly Json[];
  readonly name?: string;
}

/** The parameters of a run, with their defaults. */
export function paramsOf(run: Run): ChatParams {
  const { messages, model, stream, ...options } = run.params;
  return {
    messages: (messages as readonly JsonObject[]).map(messageOf),
    model: typeof model === "string" ? model : "openai/gpt-4o-mini",
    stream: stream !== false,
    options,
  };
}

function messageOf(message: JsonObject): ChatMessage {
  const { role, ...rest } = message as unknown as ChatMessage;
  return { role: role ?? "user", ...rest };
}

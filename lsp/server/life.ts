import {
  ErrorCodes,
  type Message,
  type MessageWriter,
  type NotificationMessage,
  type RequestMessage,
} from "vscode-languageserver";
import { isRequest } from "./message_kinds.ts";
import type { Step } from "./steps.ts";

/** Where the connection is in its life. */
export interface Life {
  state: "new" | "initialized" | "shut down";
}

/**
 * Keeps messages out that have no business at this time of the connection's life: requests are refused, notifications
 * dropped.
 */
export function gate(
  life: Life,
  writer: Pick<MessageWriter, "write">,
): Step {
  return (message, next) => {
    const objection = refusal(message, life);
    if (objection === undefined) return next(message);
    if (isRequest(message)) {
      const { jsonrpc, id } = message;
      const answer = { jsonrpc, id, error: objection };
      writer.write(answer).catch(() => {});
    }
  };
}

function refusal(
  message: Message,
  { state }: Life,
): { readonly code: number; readonly message: string } | undefined {
  const { method } = message as RequestMessage | NotificationMessage;
  if (method === undefined || method === "exit") return undefined;
  if (state === "new") {
    return method === "initialize" ? undefined : {
      code: ErrorCodes.ServerNotInitialized,
      message: `Cannot answer "${method}": initialize was not asked yet`,
    };
  }
  const second = method === "initialize";
  if (state === "initialized" && !second) return undefined;
  return {
    code: ErrorCodes.InvalidRequest,
    message: second
      ? 'Cannot answer "initialize": it was asked before'
      : `Cannot answer "${method}": the server was shut down`,
  };
}

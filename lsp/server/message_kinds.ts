import type {
  Message,
  RequestMessage,
  ResponseMessage,
} from "vscode-languageserver";
import { documentOf } from "../features/resolved.ts";

export function isRequest(message: Message): message is RequestMessage {
  return "method" in message && "id" in message && message.id !== undefined;
}

export function isResponse(message: Message): message is ResponseMessage {
  return !("method" in message);
}

/**
 * The document that a message is about: by its own word, that of an item of an earlier answer, or of a command; of a
 * document that shows a payload, the one whose payload it is.
 */
export function aboutUri(params: unknown): string | undefined {
  const { textDocument, data, uri: shown, arguments: [first] = [] } = fields(
    params,
  );
  if (typeof shown === "string") return documentOf(shown);
  for (const place of [textDocument, data, first]) {
    const { uri } = fields(place);
    if (typeof uri === "string") return uri;
  }
  return typeof first === "string" ? first : undefined;
}

interface Fields {
  readonly textDocument?: unknown;
  readonly data?: unknown;
  readonly arguments?: readonly unknown[];
  readonly uri?: unknown;
}

function fields(value: unknown): Fields {
  if (typeof value !== "object" || value === null) return {};
  const found: Fields = value;
  return Array.isArray(found.arguments) ? found : { ...found, arguments: [] };
}

import {
  ErrorCodes,
  type Message,
  type MessageWriter,
  type NotificationMessage,
  type RequestMessage,
  type ResponseMessage,
  type TextDocumentItem,
} from "vscode-languageserver";
import { aboutUri, isRequest, isResponse } from "./message_kinds.ts";
import type { Port } from "./port_transport.ts";
import type { Step } from "./steps.ts";

/** UTF-16 code units from which on a document is served aside: checking one takes longer than anybody should wait. */
export const LARGE = 50_000;

/** A second server, of the same kind, that computes without holding up this one. */
export interface AsidePort extends Port {
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

export interface AsideParts {
  readonly start: () => AsidePort;
  /** To the client. */
  readonly writer: Pick<MessageWriter, "write">;
  /** Gives up a document that has grown large; undefined as long as it has not. */
  readonly handOver: (uri: string) => TextDocumentItem | undefined;
}

/** What every server has to hear of. */
const FOR_ALL: ReadonlySet<string> = new Set([
  "$/cancelRequest",
  "$/setTrace",
  "textDocument/didSave",
  "workspace/didChangeConfiguration",
  "workspace/didChangeWatchedFiles",
  "workspace/didChangeWorkspaceFolders",
]);

/** Marks the ids of what the server aside asks the client. */
const MARK = "aside:";

/**
 * Serves large documents by a second server of the same kind, which is started with the first of them and gets every
 * message about them. So this one always has time to answer.
 */
export class Aside {
  readonly #parts: AsideParts;
  readonly #uris = new Set<string>();
  readonly #pending = new Map<RequestMessage["id"], string>();
  readonly #asked = new Map<string, RequestMessage["id"]>();
  #initialize: unknown;
  #port: AsidePort | undefined;

  constructor(parts: AsideParts) {
    this.#parts = parts;
  }

  /** Leaves on all that is not about large documents. */
  readonly step: Step = (message, next) => {
    if (this.#takes(message)) return;
    const result = next(message);
    this.#look(message);
    return result;
  };

  stop(): void {
    this.#port?.terminate();
    this.#port = undefined;
  }

  #takes(message: Message): boolean {
    if (isResponse(message)) return this.#takesAnswer(message);
    const { method, params } = message as NotificationMessage;
    if (method === "initialize") this.#initialize = params;
    if (FOR_ALL.has(method)) this.#port?.postMessage(message);
    const uri = aboutUri(params);
    if (uri === undefined) return false;
    if (method === "textDocument/didOpen" && isLarge(params)) {
      this.#uris.add(uri);
    }
    if (!this.#uris.has(uri)) return false;
    if (isRequest(message)) this.#pending.set(message.id, method);
    this.#running().postMessage(message);
    if (method === "textDocument/didClose") this.#forget(uri);
    return true;
  }

  /** With the last document ends the server: what it has in memory may be a lot. */
  #forget(uri: string): void {
    this.#uris.delete(uri);
    if (this.#uris.size > 0) return;
    const jsonrpc = "2.0";
    this.#port?.postMessage({ jsonrpc, id: MARK, method: "shutdown" });
    this.#port?.postMessage({ jsonrpc, method: "exit" });
    this.#port = undefined;
  }

  /** A document that is served here may have grown. */
  #look(message: Message): void {
    const { method, params } = message as NotificationMessage;
    if (method !== "textDocument/didChange") return;
    const uri = aboutUri(params);
    const textDocument = uri === undefined
      ? undefined
      : this.#parts.handOver(uri);
    if (uri === undefined || textDocument === undefined) return;
    this.#uris.add(uri);
    this.#running().postMessage({
      jsonrpc: "2.0",
      method: "textDocument/didOpen",
      params: { textDocument },
    });
  }

  #takesAnswer(message: ResponseMessage): boolean {
    const id = String(message.id);
    const asked = this.#asked.get(id);
    if (asked === undefined) return false;
    this.#asked.delete(id);
    this.#port?.postMessage({ ...message, id: asked });
    return true;
  }

  #running(): AsidePort {
    if (this.#port !== undefined) return this.#port;
    const port = this.#parts.start();
    port.onmessage = ({ data }: MessageEvent<Message>) => this.#told(data);
    port.onerror = (event) => {
      event.preventDefault();
      this.#failed(event.message);
    };
    const jsonrpc = "2.0";
    const params = this.#initialize;
    port.postMessage({ jsonrpc, id: MARK, method: "initialize", params });
    port.postMessage({ jsonrpc, method: "initialized", params: {} });
    return this.#port = port;
  }

  #told(message: Message): void {
    if (isResponse(message)) {
      if (message.id === MARK) return;
      this.#pending.delete(message.id ?? "");
      this.#write(message);
    } else if (!isRequest(message)) this.#write(message);
    else if (message.method === "client/registerCapability") {
      // The client was asked already, and what it tells is passed on.
      this.#port?.postMessage({ jsonrpc: "2.0", id: message.id, result: null });
    } else {
      const id = `${MARK}${message.id}`;
      this.#asked.set(id, message.id);
      this.#write({ ...message, id } as Message);
    }
  }

  /** The server aside is no more: its documents go unserved until they are opened anew. */
  #failed(reason: string): void {
    this.stop();
    this.#uris.clear();
    for (const [id, method] of this.#pending) {
      const message = `Cannot answer "${method}": ${reason}`;
      const error = { code: ErrorCodes.InternalError, message };
      this.#write({ jsonrpc: "2.0", id, error } as ResponseMessage);
    }
    this.#pending.clear();
  }

  #write(message: Message): void {
    this.#parts.writer.write(message).catch(() => {});
  }
}

function isLarge(params: unknown): boolean {
  const { textDocument } = params as { textDocument: TextDocumentItem };
  return textDocument.text?.length >= LARGE;
}

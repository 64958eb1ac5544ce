import {
  type DidOpenTextDocumentParams,
  ErrorCodes,
  type Message,
  type MessageWriter,
  type NotificationMessage,
  type PublishDiagnosticsParams,
  type RequestMessage,
  type ResponseMessage,
  type TextDocumentItem,
} from "vscode-languageserver";
import { aboutUri, isRequest, isResponse } from "./message_kinds.ts";
import { elsewhere, type OpenItem } from "./open_documents.ts";
import type { Port } from "./port_transport.ts";
import type { Opening } from "./serve_documents.ts";
import type { Step } from "./steps.ts";

/** A second server, of the same kind, that computes without holding up this one. */
export interface AsidePort extends Port {
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

export interface AsideParts {
  readonly start: () => AsidePort;
  /** To the client. */
  readonly writer: Pick<MessageWriter, "write">;
  /** Methods that ask about all open documents: the server that has the text of each answers. */
  readonly across: ReadonlySet<string>;
  /** Whether a document is too large to be served here from the start. */
  readonly isLarge: (item: TextDocumentItem) => boolean;
  /** Gives up a document that has grown large; undefined as long as it has not. */
  readonly handOver: (uri: string) => TextDocumentItem | undefined;
  /** All open documents, as far as they are known here. */
  readonly items: () => readonly OpenItem[];
  /** Called when the client was told what is found about a document of the other server. */
  readonly shown: (uri: string) => void;
  /** Tells the client that nothing is found about a document any more, which nobody serves. */
  readonly lost: (uri: string) => void;
}

/** What every server has to hear of; of documents that are served here the other one has the text, and no more. */
const FOR_ALL: ReadonlySet<string> = new Set([
  "$/cancelRequest",
  "$/setTrace",
  "textDocument/didOpen",
  "textDocument/didChange",
  "textDocument/didClose",
  "textDocument/didSave",
  "window/workDoneProgress/cancel",
  "workspace/didChangeConfiguration",
  "workspace/didChangeWatchedFiles",
  "workspace/didChangeWorkspaceFolders",
]);

/** Marks the ids of what the server aside asks the client. */
const MARK = "aside:";

/**
 * Serves large documents by a second server of the same kind, which is started with the first of them and gets every
 * message about them. So this one always has time for what is asked of another document alone. What goes across
 * documents waits for the second one, which follows the others, too: it has their texts, and reads them when asked.
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
    const rest = this.#restOf(message);
    if (rest === undefined) return;
    const result = next(rest);
    this.#look(message);
    return result;
  };

  stop(): void {
    this.#port?.terminate();
    this.#port = undefined;
  }

  /** Takes its part; answers what is left to do here. */
  #restOf(message: Message): Message | undefined {
    if (isResponse(message)) {
      return this.#takesAnswer(message) ? undefined : message;
    }
    const { method, params } = message as NotificationMessage;
    if (method === "initialize") this.#initialize = params;
    const uri = aboutUri(params);
    if (uri !== undefined && method === "textDocument/didOpen") {
      const { textDocument } = params as DidOpenTextDocumentParams;
      if (this.#parts.isLarge(textDocument)) this.#uris.add(uri);
    }
    const isIts = uri !== undefined && this.#uris.has(uri);
    const isAsked = this.#port !== undefined && this.#parts.across.has(method);
    if (!isIts && !isAsked) {
      if (FOR_ALL.has(method)) this.#port?.postMessage(followed(message));
      return message;
    }
    if (isRequest(message)) this.#pending.set(message.id, method);
    this.#running().postMessage(message);
    if (!isIts) return undefined;
    if (method === "textDocument/didOpen") return opening(elsewhere(uri));
    if (method !== "textDocument/didClose") return undefined;
    this.#uris.delete(uri);
    this.#settle();
    // The other server may end before it says so.
    return message;
  }

  /** With the last document ends the server, once it has answered: what it has in memory may be a lot. */
  #settle(): void {
    if (this.#uris.size > 0 || this.#pending.size > 0) return;
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
    this.#running().postMessage(opening(textDocument));
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
    for (const item of this.#parts.items()) {
      port.postMessage(followed(opening(item)));
    }
    return this.#port = port;
  }

  #told(message: Message): void {
    if (isResponse(message)) {
      if (message.id === MARK) return;
      this.#pending.delete(message.id ?? "");
      this.#write(message);
      this.#settle();
    } else if (!isRequest(message)) this.#pass(message);
    else if (message.method === "client/registerCapability") {
      // The client was asked already, and what it tells is passed on.
      this.#port?.postMessage({ jsonrpc: "2.0", id: message.id, result: null });
    } else {
      const id = `${MARK}${message.id}`;
      this.#asked.set(id, message.id);
      this.#write({ ...message, id } as Message);
    }
  }

  /** What is found about other documents than its own is not its to tell. */
  #pass(message: Message): void {
    const { method, params } = message as NotificationMessage;
    if (method === "textDocument/publishDiagnostics") {
      const { uri } = params as PublishDiagnosticsParams;
      if (!this.#uris.has(uri)) return;
      this.#parts.shown(uri);
    }
    this.#write(message);
  }

  /** The server aside is no more: its documents are open and go unserved, with nothing shown, until they are opened anew. */
  #failed(reason: string): void {
    this.stop();
    for (const uri of this.#uris) this.#parts.lost(uri);
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

function opening(textDocument: OpenItem): NotificationMessage {
  const method = "textDocument/didOpen";
  return { jsonrpc: "2.0", method, params: { textDocument } };
}

/** The same; a document that it opens is not the other server's to tell about. */
function followed(message: Message): Message {
  const { method, params } = message as NotificationMessage;
  if (method !== "textDocument/didOpen") return message;
  const opening: Opening = { ...params as Opening, followed: true };
  return { ...message, params: opening } as Message;
}

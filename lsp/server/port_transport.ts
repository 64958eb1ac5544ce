import {
  Emitter,
  type Message,
  type MessageReader,
  type MessageWriter,
} from "vscode-languageserver";
import { installPlatform, type Soon } from "./ral.ts";
import type { Transport } from "./transport.ts";

/** One end of a channel that carries values: a Worker, its global, or a port. */
export interface Port {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** Messages as values over a port, which has no end of its own. */
export function portTransport(port: Port, soon: Soon): Transport {
  installPlatform(soon);
  return { reader: readerOf(port), writer: writerOf(port) };
}

function readerOf(port: Port): MessageReader {
  return {
    ...silent(),
    onPartialMessage: new Emitter<never>().event,
    listen(callback) {
      port.onmessage = ({ data }: MessageEvent<Message>) => callback(data);
      return { dispose: () => port.onmessage = null };
    },
  };
}

function writerOf(port: Port): MessageWriter {
  return {
    ...silent(),
    write: (message) => Promise.resolve(port.postMessage(message)),
    end: () => {},
  };
}

/** A port tells neither errors nor its end. */
function silent() {
  return {
    onError: new Emitter<never>().event,
    onClose: new Emitter<void>().event,
    dispose: () => {},
  };
}

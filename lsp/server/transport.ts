import {
  type Disposable,
  type MessageReader,
  type MessageWriter,
  ReadableStreamMessageReader,
  WriteableStreamMessageWriter,
} from "vscode-languageserver";
import { installPlatform, type Soon } from "./ral.ts";

/** Both ways of a connection. */
export interface Transport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
}

/** Two streams of bytes. */
export interface Bytes {
  /** What arrives, piece by piece, to the end of it. */
  readonly incoming: () => AsyncIterable<Uint8Array>;
  /** Sends all of the bytes; fails when nobody reads any more. */
  readonly send: (bytes: Uint8Array) => Promise<void>;
}

/**
 * Messages framed by `Content-Length`. The reader closes at the end of what arrives, the writer when nobody reads any
 * more.
 */
export function streamTransport(bytes: Bytes, soon: Soon): Transport {
  installPlatform(soon);
  return {
    reader: new ReadableStreamMessageReader(incoming(bytes)),
    writer: new WriteableStreamMessageWriter(outgoing(bytes)),
  };
}

type Incoming = ConstructorParameters<typeof ReadableStreamMessageReader>[0];
type Outgoing = ConstructorParameters<typeof WriteableStreamMessageWriter>[0];

function incoming(bytes: Bytes): Incoming {
  const closed = listeners<void>();
  return {
    onData(listener) {
      const stop = new AbortController();
      // What came last is still being decoded.
      const end = () => void setTimeout(closed.tell, 0);
      pump(bytes.incoming(), listener, stop.signal).then(end, end);
      return { dispose: () => stop.abort() };
    },
    onClose: closed.add,
    onError: noListener,
    onEnd: noListener,
  };
}

async function pump(
  incoming: AsyncIterable<Uint8Array>,
  listener: (bytes: Uint8Array) => void,
  signal: AbortSignal,
): Promise<void> {
  for await (const bytes of incoming) {
    if (signal.aborted) return;
    listener(bytes);
  }
}

function outgoing({ send }: Bytes): Outgoing {
  const closed = listeners<void>();
  const gone = () => closed.tell();
  // A header comes as text before its body. They leave together, so that an end between them cuts no message in two.
  let header = "";
  return {
    onClose: closed.add,
    onError: noListener,
    onEnd: noListener,
    write: async (data: string | Uint8Array) => {
      if (typeof data === "string") {
        header += data;
        return;
      }
      const bytes = withHeader(header, data);
      header = "";
      await send(bytes).catch(gone);
    },
    end: () => {},
  };
}

function withHeader(header: string, body: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(header);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

function noListener(): Disposable {
  return { dispose: () => {} };
}

function listeners<T>() {
  const all = new Set<(value: T) => void>();
  return {
    add(listener: (value: T) => void): Disposable {
      all.add(listener);
      return { dispose: () => void all.delete(listener) };
    },
    tell: (value: T) => all.forEach((listener) => listener(value)),
  };
}

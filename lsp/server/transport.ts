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

/**
 * Messages framed by `Content-Length` over two streams of bytes. The reader closes at the end of its stream, the
 * writer when nobody reads any more.
 */
export function streamTransport(
  readable: ReadableStream<Uint8Array>,
  writable: WritableStream<Uint8Array>,
  soon: Soon,
): Transport {
  installPlatform(soon);
  return {
    reader: new ReadableStreamMessageReader(incoming(readable)),
    writer: new WriteableStreamMessageWriter(outgoing(writable)),
  };
}

type Incoming = ConstructorParameters<typeof ReadableStreamMessageReader>[0];
type Outgoing = ConstructorParameters<typeof WriteableStreamMessageWriter>[0];

function incoming(readable: ReadableStream<Uint8Array>): Incoming {
  const closed = listeners<void>();
  return {
    onData(listener) {
      const stop = new AbortController();
      // What came last is still being decoded.
      const end = () => void setTimeout(closed.tell, 0);
      pump(readable, listener, stop.signal).then(end, end);
      return { dispose: () => stop.abort() };
    },
    onClose: closed.add,
    onError: noListener,
    onEnd: noListener,
  };
}

async function pump(
  readable: ReadableStream<Uint8Array>,
  listener: (bytes: Uint8Array) => void,
  signal: AbortSignal,
): Promise<void> {
  for await (const bytes of readable) {
    if (signal.aborted) return;
    listener(bytes);
  }
}

function outgoing(writable: WritableStream<Uint8Array>): Outgoing {
  const writer = writable.getWriter();
  const closed = listeners<void>();
  const gone = () => closed.tell();
  // A header comes as text before its body. They leave together, so that an end between them cuts no message in two.
  let header = "";
  writer.closed.then(gone, gone);
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
      await writer.write(bytes).catch(gone);
    },
    end: () => void writer.close().catch(gone),
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

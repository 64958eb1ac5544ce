import type { Message, MessageWriter } from "vscode-languageserver";

/** Milliseconds that a client that has gone, or reads no more, is waited for. */
const PATIENCE = 500;

/** A writer that can be waited for: `flushed` resolves when all that was given to it has left, or nobody takes it. */
export interface FlushingWriter extends MessageWriter {
  flushed(): Promise<void>;
}

/** Keeps count of what is on its way, so that a server does not end before its last answer has left. */
export function flushing(writer: MessageWriter): FlushingWriter {
  const leaving = new Set<Promise<void>>();
  return {
    onError: writer.onError,
    onClose: writer.onClose,
    write(message: Message) {
      const left = writer.write(message);
      const gone = () => void leaving.delete(left);
      leaving.add(left);
      left.then(gone, gone);
      return left;
    },
    end: () => writer.end(),
    dispose: () => writer.dispose(),
    async flushed() {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, PATIENCE);
      await Promise.race([Promise.allSettled(leaving), promise]);
      clearTimeout(timer);
    },
  };
}

import {
  AbstractMessageBuffer,
  type Message,
  RAL,
} from "vscode-languageserver";

/** Calls back when the loop is free; answers what undoes it. */
export type Soon = (callback: () => void) => () => void;

/**
 * Gives the protocol library the few things of the platform that it works with. It keeps them for itself, once for
 * the whole program; `soon` decides how long a message waits for its turn.
 */
export function installPlatform(soon: Soon): void {
  RAL.install({
    applicationJson: {
      encoder: {
        name: "application/json",
        encode: (message) => Promise.resolve(bytesOf(JSON.stringify(message))),
      },
      decoder: {
        name: "application/json",
        decode: (bytes) =>
          new Promise<Message>((resolve) =>
            resolve(JSON.parse(new TextDecoder().decode(bytes)))
          ),
      },
    },
    messageBuffer: { create: (encoding) => new ByteBuffer(encoding) },
    console: { info: ignore, log: ignore, warn: ignore, error: ignore },
    timer: {
      setTimeout(callback, ms, ...args) {
        const id = setTimeout(callback, ms, ...args);
        return { dispose: () => clearTimeout(id) };
      },
      setImmediate: (callback, ...args) => ({
        dispose: soon(() => callback(...args)),
      }),
      setInterval(callback, ms, ...args) {
        const id = setInterval(callback, ms, ...args);
        return { dispose: () => clearInterval(id) };
      },
    },
  });
}

/** Standard output belongs to the protocol, and nobody reads the library's remarks. */
function ignore(): void {}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Bytes that arrive in pieces, for the library's framing. */
class ByteBuffer extends AbstractMessageBuffer {
  override emptyBuffer(): Uint8Array {
    return new Uint8Array();
  }
  override fromString(text: string): Uint8Array {
    return bytesOf(text);
  }
  override toString(bytes: Uint8Array): string {
    return new TextDecoder().decode(bytes);
  }
  override asNative(bytes: Uint8Array, length?: number): Uint8Array {
    return length === undefined ? bytes : bytes.subarray(0, length);
  }
  override allocNative(length: number): Uint8Array {
    return new Uint8Array(length);
  }
}

/** Most characters of the end of a stream that are kept. */
const KEPT = 16 * 1024;

/** Reads a stream to its end, keeping the end of its text. */
export interface Tail {
  /** What came last, so far. */
  text(): string;
  /** Settles when the stream ended or was given up. */
  readonly done: Promise<void>;
  /** Stops reading; what the other side writes from now on is lost. */
  giveUp(): Promise<void>;
}

export function tailOf(stream: ReadableStream<Uint8Array>): Tail {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let kept = "";
  const read = async () => {
    while (true) {
      const { value, done } = await reader.read();
      kept = (kept + decoder.decode(value, { stream: !done })).slice(-KEPT);
      if (done) return;
    }
  };
  return {
    text: () => kept,
    done: read(),
    giveUp: () => reader.cancel(),
  };
}

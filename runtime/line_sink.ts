/** The part of `Deno.stdout` that programs use. */
export interface LineSink {
  writeSync(bytes: Uint8Array): number;
  write(bytes: Uint8Array): Promise<number>;
  readonly writable: WritableStream<Uint8Array>;
  isTerminal(): boolean;
  close(): void;
}

/** A sink that hands on every finished line as text. */
export function lineSink(onLine: (line: string) => void): LineSink {
  const decoder = new TextDecoder();
  let rest = "";
  const writeSync = (bytes: Uint8Array) => {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
    return bytes.length;
  };
  return {
    writeSync,
    write: (bytes: Uint8Array) => Promise.resolve(writeSync(bytes)),
    writable: new WritableStream<Uint8Array>({
      write: (bytes) => void writeSync(bytes),
    }),
    isTerminal: () => false,
    close: () => {},
  };
}

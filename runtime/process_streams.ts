import type { LineSink } from "./line_sink.ts";

/**
 * Has `process.stdout` and `process.stderr` write to these sinks. `process` is loaded when it is first
 * used, which takes 10 ms, so it is only met on its way. One imported from `node:process` is not.
 */
export function confineProcess(
  sinks: Readonly<Record<"stdout" | "stderr", LineSink>>,
): void {
  const load = Object.getOwnPropertyDescriptor(globalThis, "process")?.get;
  if (load === undefined) return;
  const get = () => {
    const process: object = load.call(globalThis);
    for (const [name, sink] of Object.entries(sinks)) {
      const value = nodeStream(sink);
      Object.defineProperty(process, name, { value, configurable: true });
    }
    Object.defineProperty(globalThis, "process", { value: process });
    return process;
  };
  Object.defineProperty(globalThis, "process", { get, configurable: true });
}

/** The part of a Node stream that printing uses. */
function nodeStream(sink: LineSink) {
  return {
    isTTY: false,
    write(chunk: string | Uint8Array, ...rest: readonly unknown[]) {
      sink.writeSync(
        typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk,
      );
      const done = rest.at(-1);
      if (typeof done === "function") queueMicrotask(() => done());
      return true;
    },
    end() {},
    on() {},
    once() {},
  };
}

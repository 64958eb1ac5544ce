import { after } from "../after.ts";

/** Timers with names, so that they can be stopped together and none is left behind. */
export interface Timers {
  /** Starts a timer, in place of the one of that name; milliseconds. */
  start(name: string, delay: number, action: () => void): void;
  stop(name: string): void;
  clear(): void;
}

export function timers(): Timers {
  const running = new Map<string, () => void>();
  const stop = (name: string) => {
    running.get(name)?.();
    running.delete(name);
  };
  return {
    start(name, delay, action) {
      stop(name);
      running.set(name, after(delay, action));
    },
    stop,
    clear: () => [...running.keys()].forEach(stop),
  };
}

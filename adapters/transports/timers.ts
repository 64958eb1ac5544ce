/** The longest delay that timers take: what is longer would fire at once. */
const LONGEST = 2 ** 31 - 1;

/** Timers with names, so that they can be stopped together and none is left behind. */
export interface Timers {
  /** Starts a timer, in place of the one of that name; milliseconds. */
  start(name: string, delay: number, action: () => void): void;
  stop(name: string): void;
  clear(): void;
}

export function timers(): Timers {
  const running = new Map<string, ReturnType<typeof setTimeout>>();
  const stop = (name: string) => {
    clearTimeout(running.get(name));
    running.delete(name);
  };
  return {
    start(name, delay, action) {
      stop(name);
      running.set(name, setTimeout(action, Math.min(delay, LONGEST)));
    },
    stop,
    clear: () => [...running.keys()].forEach(stop),
  };
}

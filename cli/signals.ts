import type { World } from "./world.ts";

/** The signals that end a command, with the exit code of each. */
export const SIGNALS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const;

/**
 * Milliseconds in which the same wish may arrive more than once: npx and timeout pass on a signal that the
 * terminal has sent to the whole group already.
 */
const SAME_WISH = 200;

/** What becomes of signals. */
export interface Signals extends Pick<World, "interrupted" | "killed"> {
  /** Does something for which the process has to wait; a signal then ends it at once. */
  readonly unheard: <T>(action: () => Promise<T>) => Promise<T>;
}

/** Listens to the signals from now on: the first asks the command to end in order, the next one kills it. */
export function listenToSignals(
  now: () => number,
): Signals {
  const [asked, killed] = [new AbortController(), new AbortController()];
  let askedAt = 0;
  const listeners = SIGNALS.map(([signal, exit]) => {
    const hear = () => {
      if (!asked.signal.aborted) {
        askedAt = now();
        asked.abort(exit);
      } else if (now() - askedAt > SAME_WISH) killed.abort(exit);
    };
    return [signal, hear] as const;
  });
  const listen = () =>
    listeners.forEach((each) => Deno.addSignalListener(...each));
  listen();
  return {
    interrupted: asked.signal,
    killed: killed.signal,
    unheard: async (action) => {
      listeners.forEach((each) => Deno.removeSignalListener(...each));
      return await action().finally(listen);
    },
  };
}

/** The exit code of a command that is killed, once it is. */
export function whenKilled({ killed }: World): Promise<number> {
  return new Promise((resolve) => {
    if (killed.aborted) resolve(Number(killed.reason));
    killed.addEventListener("abort", () => resolve(Number(killed.reason)));
  });
}

/** The wishes of signals, as they cross into a Worker. */
interface Wish {
  readonly wish: "interrupted" | "killed";
  readonly exit: number;
}

/** Tells the other end of a port of the signals, also of those that came before. */
export function forwardSignals(world: World, port: MessagePort): void {
  for (const wish of ["interrupted", "killed"] as const) {
    const signal = world[wish];
    const forward = () =>
      port.postMessage({ wish, exit: Number(signal.reason) } satisfies Wish);
    if (signal.aborted) forward();
    else signal.addEventListener("abort", forward, { once: true });
  }
}

/** The signals that the other end of a port tells of. A Worker that listened itself would miss the early ones. */
export function signalsFrom(port: MessagePort): Signals {
  const told = {
    interrupted: new AbortController(),
    killed: new AbortController(),
  };
  port.onmessage = ({ data: { wish, exit } }: MessageEvent<Wish>) =>
    told[wish].abort(exit);
  return {
    interrupted: told.interrupted.signal,
    killed: told.killed.signal,
    // Here it is the Worker that waits, and not who listens.
    unheard: (action) => action(),
  };
}

/** How one round goes. */
export interface Round {
  readonly id: string;
  /** The command that something happens to: a run, or the start of an instance. */
  readonly command: "run" | "start";
  /** Whether an instance is there before. */
  readonly warm: boolean;
  /** What the handler is told to do. */
  readonly handler:
    | "work"
    | "wait"
    | "spin"
    | "throw"
    | "exit"
    | "close"
    | "big"
    | "hoard";
  /** Who is killed, and how; nobody when the handler ends it by itself. */
  readonly kill:
    | { readonly who: "command" | "server"; readonly signal: Deno.Signal }
    | { readonly who: "command"; readonly signal: "twice" }
    | undefined;
  /** From when {@linkcode afterMs} counts. */
  readonly from: Moment;
  /** Milliseconds until then. */
  readonly afterMs: number;
}

/** The start of the process, or the moment in which the journal holds the run. */
export type Moment = "process" | "record";

/** The rounds of a seed, always the same for the same seed. From the record on there are runs alone. */
export function chooseRounds(
  count: number,
  seed: number,
  from: Moment,
): readonly Round[] {
  const random = mulberry32(seed);
  const pick = <T>(...items: readonly [T, ...T[]]): T =>
    items[Math.floor(random() * items.length)] ?? items[0];
  return Array.from({ length: count }, (_, i): Round => {
    const longest = from === "process" ? 700 : 350;
    const afterMs = Math.floor(random() ** 1.5 * longest);
    const base = { id: `k${i}`, from, afterMs };
    const warm = random() < 0.4;
    const kind = random();
    if (kind < 0.1 && from === "process") {
      const signal = pick<Deno.Signal>("SIGINT", "SIGTERM", "SIGKILL");
      const kill = { who: "command", signal } as const;
      return { ...base, command: "start", warm: false, handler: "work", kill };
    }
    const run = { ...base, command: "run", warm } as const;
    if (kind < 0.3) {
      const handler = pick<Round["handler"]>(
        ...["spin", "throw", "exit", "close", "hoard"] as const,
      );
      return { ...run, handler, kill: undefined };
    }
    const handler = pick<Round["handler"]>(
      ...["work", "work", "work", "wait", "spin", "spin"] as const,
      ...["big", "hoard"] as const,
    );
    if (kind < 0.45) {
      const signal = pick<Deno.Signal>("SIGINT", "SIGTERM", "SIGKILL");
      return { ...run, handler, kill: { who: "server", signal } };
    }
    const signal = pick<Deno.Signal | "twice">(
      ...["SIGINT", "SIGTERM", "SIGKILL", "SIGKILL"] as const,
      ...["SIGHUP", "twice"] as const,
    );
    return signal === "twice"
      ? {
        ...run,
        handler: pick("wait", "spin"),
        kill: { who: "command", signal },
      }
      : { ...run, handler, kill: { who: "command", signal } };
  });
}

/** A small generator of numbers from 0 to 1, for tests alone. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

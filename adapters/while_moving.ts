import { after } from "./after.ts";
import type { Failure } from "../schemas/mod.ts";

/** Milliseconds without any movement after which a disk counts as dead. */
export const STALLED_AFTER = 300_000;
/** Milliseconds that interrupted work has to clean up after itself. */
const UNWIND_WITHIN = 1000;

/** Tells that work moves, and what it is at. Throws when the work was interrupted. */
export type Moved = (doing?: string) => void;

export interface MovingLimits {
  readonly signal: AbortSignal;
  /** Milliseconds without movement; default {@linkcode STALLED_AFTER}. */
  readonly stallMs?: number;
  /** What ends interrupted work. */
  readonly interrupted: () => Failure;
  /** What ends work that stands still, by the seconds that it did and what it was at. */
  readonly stalled: (seconds: number, doing: string) => Failure;
}

/**
 * Does work that takes as long as there is to move, as long as it moves at all. Interrupted work ends at its
 * next movement and has a moment to clean up; work that stands still is given up.
 */
export async function whileMoving<T>(
  limits: MovingLimits,
  work: (moved: Moved) => Promise<T>,
): Promise<T> {
  const { signal, stallMs = STALLED_AFTER } = limits;
  const over = Promise.withResolvers<never>();
  let doing = "";
  let movedMs = performance.now();
  const look = () => {
    const restMs = movedMs + stallMs - performance.now();
    if (restMs > 0) stop = after(restMs, look);
    else over.reject(limits.stalled(stallMs / 1000, doing));
  };
  let stop = after(stallMs, look);
  const onAbort = () => {
    stop();
    stop = after(UNWIND_WITHIN, () => over.reject(limits.interrupted()));
  };
  signal.addEventListener("abort", onAbort, { once: true });
  const moved: Moved = (now = doing) => {
    if (signal.aborted) throw limits.interrupted();
    doing = now;
    movedMs = performance.now();
  };
  try {
    return await Promise.race([start(moved, work), over.promise]);
  } finally {
    stop();
    signal.removeEventListener("abort", onAbort);
  }
}

async function start<T>(moved: Moved, work: (moved: Moved) => Promise<T>) {
  moved();
  return await work(moved);
}

/** The same pieces; each one counts as movement. */
export async function* moving(
  content: AsyncIterable<Uint8Array>,
  moved: Moved,
): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    moved();
    yield piece;
  }
}

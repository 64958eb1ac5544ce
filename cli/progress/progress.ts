import { after } from "../../adapters/mod.ts";
import type { Output, World } from "../world.ts";
import { plainLine, plainLineDue } from "./plain_line.ts";
import { progressLine } from "./progress_line.ts";
import type { BytesDone, Phase, ProgressState } from "./progress_state.ts";

/** Shows what a command does while it takes long. */
export interface Progress {
  /** The world with standard streams that keep clear of the progress line. */
  readonly world: World;
  readonly begin: (phase: Phase, subject: string) => void;
  /** Says how far a phase is, and begins it when another one was going on. */
  readonly reach: (phase: Phase, subject: string, bytes: BytesDone) => void;
  /** Shows nothing until the next phase begins. */
  readonly hide: () => void;
  /** Removes the line, for good. */
  readonly end: () => void;
}

export interface ProgressOptions {
  /** Shows nothing at all. */
  readonly quiet: boolean;
  /** Calls a function again and again until the answered function is called; default a timer. */
  readonly every?: (ms: number, tick: () => void) => () => void;
}

/** Milliseconds in which nothing is seen until the line is shown, and from one drawing to the next. */
const SHOW_AFTER = 500;
const REDRAW = 100;
const ERASE = "\r\x1b[2K";

/**
 * Begins to watch: on a terminal one line drawn anew in place, elsewhere a plain line when something takes
 * very long. What the answered world writes erases the line first.
 */
export function startProgress(
  world: World,
  { quiet, every = timer }: ProgressOptions,
): Progress {
  const { stderr, clock } = world;
  let state: ProgressState | undefined;
  const line = stderr.redraws ? redrawn(world) : plain(stderr);
  const look = () => {
    if (!quiet && state !== undefined) line.show(state, clock.monotonic());
  };
  const stop = quiet ? () => {} : every(REDRAW, look);
  const hide = () => {
    state = undefined;
    line.erase();
  };
  const clear = (output: Output): Output => ({
    ...output,
    write: (text) => {
      line.erase();
      output.write(text);
    },
  });
  // Work may leave no moment to the timer, so that the line is looked after at every step, too.
  const enter = (next: ProgressState) => {
    state = next;
    look();
  };
  const fresh = (phase: Phase, subject: string): ProgressState => ({
    phase,
    subject,
    sinceMs: clock.monotonic(),
  });
  const end = () => {
    stop();
    hide();
  };
  // Then nobody comes back to end it.
  world.killed.addEventListener("abort", end, { once: true });
  return {
    world: { ...world, stdout: clear(world.stdout), stderr: clear(stderr) },
    begin: (phase, subject) => enter(fresh(phase, subject)),
    reach: (phase, subject, bytes) => {
      const same = state?.phase === phase && state.subject === subject;
      enter({ ...(same && state) || fresh(phase, subject), bytes });
    },
    hide,
    end,
  };
}

interface Line {
  readonly show: (state: ProgressState, nowMs: number) => void;
  readonly erase: () => void;
}

function redrawn({ stderr, clock }: Pick<World, "stderr" | "clock">): Line {
  let shown = false;
  // Of the last drawing; while there is none, of what was seen last.
  let seenMs = clock.monotonic();
  return {
    show: (state, nowMs) => {
      if (nowMs - seenMs < (shown ? REDRAW : SHOW_AFTER)) return;
      // The last column stays free: some terminals begin a new line after it.
      const columns = stderr.columns() - 1;
      stderr.write(`${ERASE}${progressLine(state, { nowMs, columns })}`);
      shown = true;
      seenMs = nowMs;
    },
    erase: () => {
      if (shown) stderr.write(ERASE);
      shown = false;
      seenMs = clock.monotonic();
    },
  };
}

function plain(stderr: Output): Line {
  let lastMs = -Infinity;
  return {
    show: (state, nowMs) => {
      if (!plainLineDue(state, { nowMs, lastMs })) return;
      stderr.write(`${plainLine(state, nowMs)}\n`);
      lastMs = nowMs;
    },
    erase: () => {},
  };
}

function timer(ms: number, tick: () => void): () => void {
  const again = () => {
    tick();
    stop = after(ms, again);
  };
  let stop = after(ms, again);
  return () => stop();
}

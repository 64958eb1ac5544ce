import type { RunPhase } from "../../adapters/mod.ts";

/** What a command is doing now. */
export interface ProgressState {
  readonly phase: Phase;
  /** The file or processor it does it with. */
  readonly subject: string;
  /** When the phase began, on the clock that only grows. */
  readonly sinceMs: number;
  readonly bytes?: BytesDone;
}

export interface BytesDone {
  readonly done: number;
  readonly total: number;
}

export type Phase =
  | "check"
  | "attach"
  | RunPhase
  | "pull"
  | "build"
  | "push"
  | "ready"
  | "save"
  | "stop"
  | "verify"
  | "look";

const WORDS: Readonly<Record<Phase, string>> = {
  check: "Checking",
  attach: "Attaching",
  start: "Starting",
  pull: "Pulling the image of",
  build: "Building",
  push: "Pushing",
  ready: "Waiting for",
  run: "Running",
  collect: "Collecting the outputs of",
  save: "Saving",
  stop: "Stopping",
  verify: "Verifying",
  look: "Looking through",
};

/** What is done, and with what: `Attaching photo.jpg`. */
export function activity({ phase, subject }: ProgressState): string {
  return `${WORDS[phase]} ${subject}`.trimEnd();
}

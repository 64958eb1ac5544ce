import type { EngineSocket } from "../containers/addresses.ts";

/** What a guard is told on the first line of its standard input. */
export interface Guarded {
  readonly at: EngineSocket;
  /** Label of the containers, `name=value`. */
  readonly label: string;
  /** Milliseconds between SIGTERM and the end. */
  readonly graceMs: number;
}

/** The second line, when there is nothing to watch any more. */
export const DONE = "done";

import type { Failure } from "../../schemas/mod.ts";

/** A server that one run may use now. */
export interface RunPlace {
  /** Where it takes runs. */
  readonly url: string;
  readonly token: string;
  /** Folder that holds one folder per run. */
  readonly runsDir: string;
  /** What it runs. */
  readonly imageDigest: string;
  /** Names of the secrets that it has. */
  readonly secrets: readonly string[];
  /** Adds what the place knows to an outage; finds out whether its process died. */
  readonly explain: (failure: Failure) => Promise<Failure>;
  /** Gives the place up after the run. */
  readonly leave: () => Promise<void>;
}

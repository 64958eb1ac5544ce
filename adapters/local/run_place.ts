import type { Failure } from "../../schemas/mod.ts";
import type { Line } from "../ports.ts";

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
  /** The connection to it, if it was made already. */
  readonly line?: Line;
  /** Adds what the place knows to an outage; finds out whether its process died. */
  readonly explain: (failure: Failure) => Promise<Failure>;
  /** Gives the place up after the run. */
  readonly leave: () => Promise<void>;
}

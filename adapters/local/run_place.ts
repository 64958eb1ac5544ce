import type { Entry, Failure } from "../../schemas/mod.ts";
import type { EngineKind, Line, RunsLayout, Transport } from "../ports.ts";

/** A server that one run may use now. */
export interface RunPlace {
  readonly entry: Entry;
  readonly engine: EngineKind;
  /** How it is talked to. */
  readonly transport: Pick<Transport, "run">;
  /** Where it takes runs. */
  readonly url: string;
  /** Where it tells that it is there; undefined when that is not asked. */
  readonly healthUrl?: string;
  /** What it asks for; undefined when it knows of none. */
  readonly token?: string;
  /** Folder that holds what its runs have. */
  readonly runsDir: string;
  /** Or `program`: it is for one run, with a container of its own. */
  readonly layout: RunsLayout | "program";
  /** Where the bytes of artifacts are that a run is given as files; undefined when its server reads them there. */
  readonly objectsDir?: string | undefined;
  /** What it runs. */
  readonly imageDigest: string;
  /** Names of the secrets that it has. */
  readonly secrets: readonly string[];
  /** Their values, if its server may say them. */
  readonly secretValues?: readonly string[];
  /** The connection to it, if it was made already. */
  readonly line?: Line;
  /** Adds what the place knows to an outage; finds out whether its process died. */
  readonly explain: (failure: Failure) => Promise<Failure>;
  /** Gives the place up after the run. */
  readonly leave: () => Promise<void>;
}

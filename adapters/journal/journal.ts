import type { Cid, Envelope, Mode, RunEvent } from "../../schemas/mod.ts";
import type { AttachedArtifact, RunPhase } from "../ports.ts";

/** Every run: recorded before it starts, settled when it has ended. */
export interface Journal {
  /**
   * Records a run that is about to start, as `running`, and answers it with its attempt. From then on it
   * is found as `died` should this process end without settling it. `ERR_JOURNAL` when that cannot be done.
   */
  begin(run: NewRun, signal: AbortSignal): Promise<OpenRun>;
  /** Settles what processes that are gone left `running`; answers how many runs. */
  settleDead(): Promise<number>;
  /** Newest first. */
  list(filter: RunFilter): Promise<readonly RunRecord[]>;
  /** Every attempt of the execution with that id; without one, of all whose id begins so. Newest first. */
  find(id: string): Promise<readonly RunRecord[]>;
  /** The cids of inputs, attachments, entries and outputs of every recorded run, those going on included. */
  namedCids(): AsyncIterable<Cid>;
  /** Forgets settled runs. */
  gc(options: RunsGcOptions): Promise<RunsGcReport>;
  /** Lets go of what is open. Runs that are going on are left as they are. */
  close(): void;
}

/** A recorded run that is going on. */
export interface OpenRun {
  readonly record: RunRecord;
  /** Replaces what is recorded, so that more is known should the process be killed. Never fails. */
  note(record: RunRecord): Promise<void>;
  /**
   * Records the end. When the journal cannot be written, the record is kept in a file beside it, which the
   * next command takes in; only when that fails, too, it is `ERR_JOURNAL`.
   */
  settle(record: RunRecord): Promise<void>;
}

export type RunStatus = "running" | typeof ENDS[number];

/** How a run can have ended. */
export const ENDS = [
  "success",
  "error",
  "cancelled",
  "timeout",
  "died",
] as const;

/** Where a run is, or was when it ended. */
export type RecordedPhase = "check" | "attach" | RunPhase | "save";

/** What is known of a run; the JSON of `runs show`. Times are RFC 3339. */
export interface RunRecord {
  /** Unique among all runs; execution ids may be used again. */
  readonly key: string;
  readonly execution_id: string;
  /** 1 for the first run with this execution id. */
  readonly attempt: number;
  readonly status: RunStatus;
  readonly phase: RecordedPhase;
  readonly ref: string;
  readonly mode: Mode;
  readonly adapter: string;
  /** None in `smoke`, and before the run had a place. */
  readonly engine?: string;
  /** The arguments, without inputs and without values of secrets. */
  readonly command: readonly string[];
  readonly pid: number;
  readonly started_at: string;
  /** Of a run that died: when it was found. */
  readonly ended_at?: string;
  /** Milliseconds of each phase. */
  readonly timings_ms: Readonly<Partial<Record<RecordedPhase, number>>>;
  /** With `{execution_id}` as it was given. */
  readonly write_prefix: string;
  readonly timeout_s?: number;
  /** Folder of the entry, and its canonical JSON in the store. */
  readonly registry_dir: string;
  readonly registry_snapshot?: Cid;
  /** The payload that was sent, as canonical JSON in the store. */
  readonly inputs?: Cid;
  readonly attachments: readonly AttachedArtifact[];
  /** The last events, redacted; tokens are counted alone. */
  readonly events: readonly RunEvent[];
  readonly tokens: number;
  readonly envelope?: Envelope;
  /** The index of the outputs. */
  readonly index?: Cid;
  readonly exit_code?: number;
}

/** A run before the journal gave it its attempt. */
export type NewRun = Omit<RunRecord, "attempt" | "status" | "pid">;

export interface RunFilter {
  readonly ref?: string;
  readonly status?: RunStatus;
  /** RFC 3339 in UTC; runs that started before it are left out. */
  readonly since?: string;
  readonly limit: number;
}

export interface RunsGcOptions {
  /** So many of the newest runs are kept in any case. */
  readonly keep?: number;
  /** RFC 3339 in UTC; runs that started later are kept. */
  readonly before?: string;
  readonly dryRun: boolean;
}

export interface RunsGcReport {
  readonly removed: number;
  readonly kept: number;
}

import type { Entry, Failure, ServerReady } from "../schemas/mod.ts";
import type { Running } from "./images/drift.ts";
import type { Platform } from "./images/platform.ts";
import type { PullProgress } from "./images/pull_progress.ts";
import type { SnapshotEntry } from "./ports.ts";

/** Starts, finds and ends instances. */
export interface Engine {
  readonly name: EngineKind;
  /**
   * What an instance of this entry would say at `/healthz` if it were started now, as this one was; for drift. Throws
   * `ERR_IMAGE_DRIFT` when this one is found to run something else already.
   */
  digest(processor: SnapshotEntry, instance?: Instance): Promise<string>;
  start(request: StartRequest): Promise<Instance>;
  /** The recorded instance of a ref, whether it still runs or not. */
  recorded(ref: string): Promise<Instance | undefined>;
  /** The recorded instance of a ref, with whether it answers now. */
  find(ref: string): Promise<InstanceStatus | undefined>;
  list(): Promise<readonly InstanceStatus[]>;
  /** Ends it; answers whether there was one. Waits for a start or stop that is going on, until `signal` aborts. */
  stop(ref: string, signal?: AbortSignal): Promise<boolean>;
  /** Compares what a container runs with what the entry of its ref pins, if there is an entry. */
  compare?(status: InstanceStatus, entry?: Entry): Promise<ImageComparison>;
  /** Ends what was made for instances that are recorded nowhere here; answers their refs. */
  endOthers?(signal?: AbortSignal): Promise<readonly string[]>;
  /** Removes what a killed start left of an instance that is not recorded. Waits for nothing once `signal` aborts. */
  removeLeft?(ref: string, signal: AbortSignal): Promise<void>;
  /** The values of the secrets that an instance holds; for servers that may say them, unlike ours. */
  secretValues?(instance: Instance): Promise<readonly string[]>;
  /** Lines of its log: NDJSON, oldest first. */
  logs(ref: string, options: LogOptions): AsyncIterable<string>;
}

export interface StartRequest {
  readonly processor: SnapshotEntry;
  /** 0 takes a free port. */
  readonly port: number;
  /** Environment names whose values the instance gets, with the values. Never put in arguments. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly allowNet: readonly string[];
  readonly waitMs: number;
  readonly signal: AbortSignal;
  /** Whether nothing that runs in it may get to a network. Containers alone are told. */
  readonly hermetic?: boolean;
  /** What its image is made for; default what this machine is. */
  readonly platform?: Platform;
  /** Called when the image is pulled, with how far that is. */
  readonly onPull?: (progress: PullProgress) => void;
  /** Called when what was made has to get ready. */
  readonly onWait?: () => void;
}

/** What is recorded about a started instance; private to the user, for the token in it. */
export interface Instance {
  readonly ref: string;
  readonly engine: EngineKind;
  /** Its process, of the engine `sandbox`. */
  readonly pid?: ServerReady["ready"]["pid"];
  /** What it is, of the engine `docker`. */
  readonly container?: InstanceContainer;
  readonly port: number;
  readonly url: string;
  readonly token: string;
  /** RFC 3339. */
  readonly startedAt: string;
  /** What it runs, as `/healthz` says. */
  readonly digest: string;
  readonly secrets: readonly string[];
  /** Folder on this machine that holds what its runs have; see {@linkcode RunsLayout}. */
  readonly runsDir: string;
  readonly layout: RunsLayout;
  /** Whether nothing that runs in it gets to a network; real runs are refused then. */
  readonly hermetic?: boolean;
  readonly alreadyRunning: boolean;
}

export type EngineKind = "sandbox" | "docker";

/**
 * What the runs of an instance see of its `runsDir`. `per-run`: it holds one folder per run, which that run sees as
 * its `/artifacts/`; see `runFolderName`. `shared`: it is the `/artifacts/` of all of them.
 */
export type RunsLayout = "per-run" | "shared";

export interface InstanceContainer {
  readonly id: string;
  readonly name: string;
  /** The reference that it was made from. */
  readonly image: string;
  /** What the engine calls that image: `sha256:…`. */
  readonly imageId: string;
  readonly platform: Platform;
  /** Where the engine listens that made it, as `unix:///path`; missing in older records. */
  readonly engine?: string;
  /** Where it tells that it is there. */
  readonly healthUrl: string;
}

export interface InstanceStatus {
  readonly instance: Instance;
  /**
   * `running`: `/healthz` answered now; `ending`: it answered that it takes no new runs; `stale`: recorded,
   * but nothing answers.
   */
  readonly state: "running" | "ending" | "stale";
  /** Why it is ending. */
  readonly why?: string;
  /** What a container runs, as its engine and it say now; what could not be asked is missing. */
  readonly running?: Running;
  /** Whether nothing is recorded of it here: its engine and its labels tell all that is known. */
  readonly unrecorded?: true;
  /** The state folder that a container belongs to, when that is another one. */
  readonly elsewhere?: string;
}

/** What runs in a container and what is pinned. */
export interface ImageComparison {
  /** Digest of its image, or the image's id where it has none. */
  readonly running: string;
  /** Whether the engine said so now, or it was recorded when the container was made. */
  readonly source: "live" | "recorded";
  /** Missing when the entry pins nothing, or there is none. */
  readonly pinned?: string;
  /** `ERR_IMAGE_DRIFT`, when they differ. */
  readonly drift?: Failure;
}

export interface LogOptions {
  readonly follow: boolean;
  readonly tail?: number;
  /** RFC 3339; lines before it are left out. */
  readonly since?: string;
  readonly signal: AbortSignal;
}

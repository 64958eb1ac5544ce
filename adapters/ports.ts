import type {
  Cid,
  Entry,
  Envelope,
  Json,
  JsonObject,
  Mode,
  RunEvent,
  WorldPath,
  WritePrefix,
} from "../schemas/mod.ts";
import type { EngineKind, Instance } from "./engine_port.ts";

export type * from "./engine_port.ts";

/** A road to where runs happen. A processor's failure is an error envelope; only outages throw `Failure`. */
export interface Adapter {
  invoke(invocation: Invocation, hooks: InvokeHooks): Promise<Envelope>;
  /**
   * Begins to connect to where a run of a processor would go, while other things are done; the next `invoke` of it goes
   * on from there. Never throws: what is wrong is found by `invoke`. To be disposed of when there is none after all.
   */
  prepare?(processor: SnapshotEntry): AsyncDisposable;
}

/** One run: the seeds' uniform call. Names of secrets only, never values. */
export interface Invocation {
  readonly processorRef: string;
  readonly inputs: AttachedInputs;
  readonly mode: Mode;
  readonly writePrefix: WritePrefix;
  readonly executionId: string;
  readonly registrySnapshot: RegistrySnapshot;
  readonly adapterOpts: AdapterOptions;
  readonly secretsPresent: readonly string[];
}

export interface InvokeHooks {
  /** Aborted on Ctrl-C or SIGTERM: the run is cancelled in the processor first. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
  /** Called when it is settled which engine has the place of the run. */
  readonly onPlace?: (engine: EngineKind) => void;
  /** Called when a run gets into its next phase. */
  readonly onPhase?: (phase: RunPhase) => void;
  /**
   * Called when others have begun to work, on the run or to make its place ready, and there is nothing to do but wait
   * for them: may be called more than once, or not at all.
   */
  readonly onWait?: () => void;
}

/** Where a run is: its place is made ready, the processor works, its outputs are taken into the store. */
export type RunPhase = "start" | "run" | "collect";

export interface AdapterOptions {
  /** Seconds for the run; default the entry's `runtime.timeout_s`. */
  readonly timeoutS?: number;
  /** Milliseconds for what has to be started to be ready. Default 30 s. */
  readonly waitMs?: number;
  /** Milliseconds that a cancelled run has to end by itself. Default 5 s. */
  readonly graceMs?: number;
}

/** The entries as they stood when a run began, by ref, and where each was read. */
export interface RegistrySnapshot {
  readonly processors: Readonly<Record<string, SnapshotEntry>>;
}

export interface SnapshotEntry {
  readonly entry: Entry;
  /** Absolute folder of its `registry.yaml`. */
  readonly dir: string;
  /** Whether it came with theoryctl. */
  readonly shipped: boolean;
}

/** The payload to send, every attachment in the store and rewritten. Made by `attach` alone. */
export interface AttachedInputs {
  readonly payload: JsonObject;
  readonly artifacts: readonly AttachedArtifact[];
  readonly [ATTACHED]: true;
}

declare const ATTACHED: unique symbol;

export interface AttachedArtifact {
  readonly name: string;
  readonly path: WorldPath;
  readonly cid: Cid;
  readonly mime: string;
  readonly size: number;
}

/** How an adapter talks to one processor. */
export interface Transport {
  /**
   * Sends the request and answers with the final response. Calls `onEvent` for each frame in between.
   * When `signal` aborts it preempts the run and still waits for the final frame, little more than `graceMs`.
   */
  run(
    request: TransportRequest,
    hooks: TransportHooks,
  ): Promise<TransportResponse>;
  /**
   * Connects ahead of a run; undefined, for whatever reason, when nobody is met there who runs the digest and takes
   * runs now.
   */
  meet?(processor: Meeting): Promise<Line | undefined>;
}

export interface TransportHooks extends InvokeHooks {
  /** Aborted, as `signal` is then, to end the run without its grace period; also in the middle of that. */
  readonly atOnce?: AbortSignal;
}

/** A connection to a processor that is made, for one run at most. */
export interface Line extends Pick<Transport, "run"> {
  /** Closes it, if that was not done yet. */
  close(): void;
}

/** A processor as it is to be met. */
export type Meeting =
  & Pick<Instance, "digest">
  & Pick<TransportRequest, "url" | "token">;

export interface TransportRequest {
  /** Where the processor takes runs, with `http:` or `ws:` as scheme. */
  readonly url: string;
  readonly token?: string;
  readonly executionId: string;
  readonly mode: Exclude<Mode, "smoke">;
  readonly inputs: JsonObject;
  readonly writePrefix: WritePrefix;
  readonly timeoutS: number;
  /** Milliseconds that the processor has to end the run after a cancel or past the timeout. */
  readonly graceMs: number;
  /** Milliseconds for the connection to be made. Default 15 s. */
  readonly openMs?: number;
  /** Where the processor tells that it is there; asked before a run and when its time is over, if known. */
  readonly healthUrl?: string;
  /**
   * Where a processor of an older kind is to put its outputs, by its own keys: presigned URLs, or paths below
   * `/artifacts/`.
   */
  readonly outputs?: Readonly<Record<string, string>>;
}

export type TransportResponse =
  | { readonly status: "success"; readonly said?: Said }
  | {
    readonly status: "error";
    readonly error: {
      readonly code: string;
      readonly message: string;
      readonly details?: Json;
    };
  };

/** What a processor says itself of a run that went well. Not trusted: outputs are collected. */
export interface Said {
  /** A list of `{path, …}`, or values by name, as its dialect has it. */
  readonly outputs: Json;
  readonly meta?: JsonObject;
}

/** Bytes in pieces: a stream, or bytes in memory. Each piece is done with before the next one is asked for. */
export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Bytes by cid, and world paths that name cids. What nothing names is removed by `gc`, by nothing else. */
export interface ArtifactStore {
  /**
   * Takes bytes in piece by piece; answers what was stored. The same bytes again write nothing, unless those that are
   * there are damaged: they are read to find out, of which `onCheck` is told how many more were, now and then.
   */
  put(
    content: Pieces,
    onCheck?: (count: number) => void,
  ): Promise<StoredBytes>;
  /**
   * Names stored bytes by a world path. A path may be named again; the bytes of before stay. The name lasts as
   * long as its bytes; with `keep` both last until they are forgotten. Names given at once have no order, except that
   * none is given before `after` is fulfilled; what that rejects with is thrown.
   */
  link(
    path: WorldPath,
    record: ArtifactRecord,
    options?: { readonly keep?: boolean; readonly after?: Promise<unknown> },
  ): Promise<void>;
  /** Opens bytes by cid, verified while they are read; undefined when not there. */
  open(cid: Cid): Promise<ReadableStream<Uint8Array> | undefined>;
  stat(cid: Cid): Promise<StoredBytes | undefined>;
  /**
   * How stored bytes stand, told without reading them: another text as soon as anybody has written to them. Use does not
   * change it, nor does damage that leaves no trace but in the bytes.
   */
  stamp(cid: Cid): Promise<string | undefined>;
  /** Does `stat` for somebody who is going to use the bytes: `gc` treats them as just put. */
  claim(cid: Cid): Promise<StoredBytes | undefined>;
  resolve(path: WorldPath): Promise<ArtifactRecord | undefined>;
  /** Every linked path that starts with the prefix, in order. */
  list(
    prefix: string,
  ): AsyncIterable<ArtifactRecord & { readonly path: WorldPath }>;
  /** Everything that is stored, in order. */
  cids(): AsyncIterable<StoredContent>;
  /** Reads all bytes of a cid; tells how many more were read, now and then. */
  verify(cid: Cid, onBytes?: (count: number) => void): Promise<Verdict>;
  /** Moves damaged bytes out of the way, so that they can be put again; answers where to, if they were damaged. */
  setAside(cid: Cid): Promise<string | undefined>;
  /** What is put, claimed or linked until it is disposed of is not removed by `gc`, however old. */
  session(): Promise<AsyncDisposable>;
  /** Removes what nothing names, and what killed processes left. Others may use the store meanwhile. */
  gc(options: GcOptions): Promise<GcReport>;
}

export interface StoredContent extends StoredBytes {
  /** When it was put, claimed or, in some stores, read last, in milliseconds since 1970. */
  readonly usedAtMs: number;
}

export type Verdict =
  | { readonly state: "whole" | "damaged"; readonly size: number }
  | { readonly state: "missing" };

export interface GcOptions {
  /** The cids that recorded runs name. Asked for after it was settled what is too new to be removed. */
  readonly named: () => AsyncIterable<Cid>;
  /** Content that was put or claimed within this time stays. */
  readonly olderThanMs: number;
  /** Removes nothing, and reports what would be. */
  readonly dryRun: boolean;
  /** Beginnings of the world paths that are not kept any longer. */
  readonly forget: readonly string[];
}

export interface GcReport {
  readonly removed: readonly StoredBytes[];
  /** World paths that named nothing any more. */
  readonly paths: readonly WorldPath[];
  /** Files that killed processes left. */
  readonly leftovers: number;
  readonly left: { readonly count: number; readonly bytes: number };
}

export interface StoredBytes {
  readonly cid: Cid;
  readonly size: number;
}

export interface ArtifactRecord extends StoredBytes {
  readonly mime: string;
}

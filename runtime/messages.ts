import type {
  Cid,
  DeclaredOutput,
  EnvelopeError,
  JsonObject,
  Mode,
  RunEvent,
} from "./schemas.ts";

/** How a handler is run: never `smoke`, which has no process. */
export type RunMode = Exclude<Mode, "smoke">;

/** What a Worker is told about its one run. */
export interface Assignment {
  readonly ref: string;
  readonly executionId: string;
  readonly mode: RunMode;
  readonly params: JsonObject;
  readonly attachments: readonly AttachmentFile[];
  readonly writePrefix: string;
  /** Folder that is this run's `/artifacts/`. */
  readonly runDir: string;
  readonly outputs: readonly DeclaredOutput[];
  /** Values by name; empty in `mock`. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** An attachment and the file that holds its bytes. */
export interface AttachmentFile {
  readonly path: string;
  readonly cid: Cid;
  readonly mime: string;
  readonly name: string;
  readonly size: number;
  readonly file: string;
}

/** Server to Worker, on their private port. */
export type ToWorker =
  | { readonly kind: "run"; readonly assignment: Assignment }
  | { readonly kind: "abort"; readonly reason: string }
  /** Answer now, whatever the handler does. */
  | { readonly kind: "halt" };

/** Worker to server. `settled` comes once and is the last. */
export type FromWorker =
  | { readonly kind: "event"; readonly event: RunEvent }
  | { readonly kind: "settled"; readonly result: WorkerResult };

/** How a handler ended. */
export type WorkerResult =
  | { readonly ok: true; readonly outputs: readonly WrittenOutput[] }
  | {
    readonly ok: false;
    readonly error: EnvelopeError;
    /** For the log alone. */
    readonly stack?: string;
  };

/** An output as the handler wrote it. */
export interface WrittenOutput {
  /** The declared name that it belongs to. */
  readonly name: string;
  /** World path. */
  readonly path: string;
  readonly mime: string;
  /** What is declared is a folder, so the name may have several files. */
  readonly inFolder: boolean;
}

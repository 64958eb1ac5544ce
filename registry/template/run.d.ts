/**
 * What a handler is given. Written for this processor when it was made; the types need nothing else.
 *
 * A processor is a module that exports `handle`. It reads `run.params`, writes the outputs that its
 * `registry.yaml` declares and returns. Whatever it throws becomes an error envelope.
 */
export type Handle = (run: Run) => Promise<void> | void;

/** A JSON value. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** One run. */
export interface Run {
  /** The processor, `ns/name@version`. */
  readonly ref: string;
  readonly executionId: string;
  /** In `mock` there is no network, no environment and no file but those of the run; clock and randomness are fixed by the execution. */
  readonly mode: "mock" | "real";
  /** `params` of the inputs document, checked against the entry's `inputs` schema. */
  readonly params: JsonObject;
  /** Every attachment named in `params`, in document order, each once. */
  readonly attachments: readonly RunAttachment[];
  /** The attachment of an `{"$artifact": …}` object found in `params`, if it is one. */
  attachment(value: Json | undefined): RunAttachment | undefined;
  /**
   * Writes an output, named relative to the write prefix, as declared in `registry.yaml`. Text is
   * written as UTF-8. Rejects with `ERR_OUTPUT_DUPLICATE` when it was written before, and with the
   * code of the world path rule that the name breaks.
   */
  write(
    path: string,
    content: string | Uint8Array | ReadableStream<Uint8Array>,
  ): Promise<void>;
  /** Shows a piece of generated text while the run goes on. */
  token(text: string): void;
  /** Tells a step of the run (`phase: "poll"`), with any further fields. */
  emit(phase: string, fields?: JsonObject): void;
  /** Writes a line to the instance's log and to whoever follows the run. */
  log(message: string, fields?: JsonObject): void;
  /** The value of a secret or environment name that the entry declares; undefined in `mock` or when not set. */
  secret(name: string): string | undefined;
  /** Aborted when the run is cancelled or timed out; a handler that ignores it is ended after a grace period. */
  readonly signal: AbortSignal;
  /** Ends the run with an error envelope of this code (`ERR_…`); never returns. */
  fail(code: string, message: string, details?: Json): never;
}

/** A file given to a run. */
export interface RunAttachment {
  /** World path, as in `$artifact`. */
  readonly path: string;
  /** `b3:` and the 64 hex digits of the BLAKE3 of the bytes. */
  readonly cid: `b3:${string}`;
  readonly mime: string;
  /** File name, without folders. */
  readonly name: string;
  /** Number of bytes. */
  readonly size: number;
  /** Absolute path of a file that the handler may read. */
  readonly file: string;
  bytes(): Promise<Uint8Array>;
  text(): Promise<string>;
}

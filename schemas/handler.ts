import type { Cid } from "./cid.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Mode } from "./mode.ts";

export type { Json, JsonObject };

/**
 * A processor is a module that exports `handle`. It reads `run.params`, writes the outputs that its
 * `registry.yaml` declares and returns. Whatever it throws becomes an error envelope.
 *
 * ```ts
 * import type { Run } from "theoryctl/handler";
 *
 * export async function handle(run: Run): Promise<void> {
 *   await run.write("response.txt", `Hello, ${run.params.name}\n`);
 * }
 * ```
 */
export type Handle = (run: Run) => Promise<void> | void;

/** What a handler is given for one run. */
export interface Run {
  readonly ref: string;
  readonly executionId: string;
  /** In `mock` there is no network, no environment and no file but those of the run; clock and randomness are fixed by the execution. */
  readonly mode: Exclude<Mode, "smoke">;
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
  readonly cid: Cid;
  readonly mime: string;
  /** File name, without folders. */
  readonly name: string;
  readonly size: number;
  /** Absolute path of a file that the handler may read. */
  readonly file: string;
  bytes(): Promise<Uint8Array>;
  text(): Promise<string>;
}

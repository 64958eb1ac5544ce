import type { Json } from "./json.ts";

/**
 * An outage or a mistake that a command ends with: thrown where it is found, turned into an exit code
 * and a message (or an error envelope) in one place. Findings about documents are not thrown.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  /** A code of the catalogue. */
  readonly code: string;
  /** What to do next, if more is known than the catalogue says. */
  readonly hint?: string;
  readonly details?: Json;

  constructor(
    code: string,
    message: string,
    options: {
      readonly hint?: string;
      readonly details?: Json;
      readonly cause?: unknown;
    } = {},
  ) {
    super(
      message,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = code;
    if (options.hint !== undefined) this.hint = options.hint;
    if (options.details !== undefined) this.details = options.details;
  }
}

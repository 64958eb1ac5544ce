import { Failure } from "../../schemas/mod.ts";
import { printable } from "../outputs/printable.ts";
import { reasonFor } from "./pull_failure.ts";

/** How a build ended. */
export interface FailedBuild {
  /** The engine's last word. */
  readonly said: string;
  readonly step?: string | undefined;
  /** What the step printed last. */
  readonly output?: readonly string[];
}

/** How engines say that a command of a step failed. */
const EXIT_CODE = /(?:non-zero code|exit code|exit status):? (\d+)/;

/** A step that takes an image from a registry, in which engines fail as in a pull. */
const BASE = /^(?:\S+ )?\d+\/\d+ FROM |^\[internal\] load metadata for /;

/** The failure of a build, with its step and what that printed. */
export function buildFailure(
  ref: string,
  { said, step, output = [] }: FailedBuild,
): Failure {
  const code = EXIT_CODE.exec(said)?.[1];
  const where = step === undefined ? "" : `step "${line(step)}": `;
  const reason = BASE.test(step ?? "") ? reasonFor(said) : undefined;
  const found = reason?.found ??
    (code === undefined ? line(said) : `it ended with ${code}`);
  const lines = output.map(printable);
  const hint = [...lines, ...(reason === undefined ? [] : [reason.hint])];
  return new Failure(
    "ERR_IMAGE_BUILD",
    `Cannot build an image of "${ref}": ${where}${found}`,
    {
      ...(hint.length === 0 ? {} : { hint: hint.join("\n") }),
      details: {
        engine: printable(said),
        ...(step === undefined ? {} : { step }),
        output: lines,
      },
    },
  );
}

/** The failure of a build whose context could not be read to its end. */
export function unreadContext(ref: string, error: unknown): unknown {
  if (error instanceof Failure || error instanceof Deno.errors.NotCapable) {
    return error;
  }
  const why = error instanceof Error ? error.message : `${error}`;
  return buildFailure(ref, { said: `its context could not be read: ${why}` });
}

/** A text on one line, without the full stop. */
function line(text: string): string {
  return printable(text.replaceAll(/\s+/g, " ").trim()).replace(/\.$/, "");
}

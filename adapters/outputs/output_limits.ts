import type { Entry } from "../../schemas/mod.ts";
import { Failure } from "../../schemas/mod.ts";
import { printable } from "./printable.ts";
import type { RunFile } from "./run_files.ts";

/** What one run may write at most. */
export interface OutputLimits {
  /** Bytes of all outputs together, both as files say and as the disk counts. */
  readonly bytes: number;
  /** Bytes of one output, holes included. */
  readonly fileBytes: number;
  readonly files: number;
  /** Folders that they lie in, empty ones too. */
  readonly folders: number;
}

/** Bytes as files say, holes included, and as the disk has them. */
export interface Bytes {
  readonly apparent: number;
  readonly allocated: number;
}

/** What an entry allows; where it does not say, 16 GiB in 10,000 files and as many folders. */
export function outputLimits({ limits = {} }: Entry): OutputLimits {
  const { outputBytes: bytes = 2 ** 34, fileBytes = bytes } = limits;
  return { bytes, fileBytes, files: 10_000, folders: 10_000 };
}

export function bytesOf({ info }: Pick<RunFile, "info">): Bytes {
  return { apparent: info.size, allocated: (info.blocks ?? 0) * 512 };
}

export function largest({ apparent, allocated }: Bytes): number {
  return Math.max(apparent, allocated);
}

export function tooLarge(limit: string): Failure {
  return new Failure(
    "ERR_OUTPUT_TOO_LARGE",
    `Cannot collect outputs: they are more than ${limit}`,
  );
}

export function fileTooLarge(
  { names, info }: RunFile,
  { fileBytes }: OutputLimits,
): Failure {
  return new Failure(
    "ERR_OUTPUT_TOO_LARGE",
    `Cannot collect output "${
      printable(names.join("/"))
    }": it has ${info.size} bytes, limit ${fileBytes}`,
  );
}

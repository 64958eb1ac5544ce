import type { Severity } from "../diagnostic.ts";
import { ATTACHMENT } from "./attachment.ts";
import { COMMAND } from "./command.ts";
import { DOCUMENT } from "./document.ts";
import { ENTRY } from "./entry.ts";
import { OUTPUT } from "./output.ts";
import { RUN } from "./run.ts";
import { TIMEOUT } from "./timeout.ts";
import { WIRE } from "./wire.ts";

/** One code: what it means and what to do about it. `explain` prints it, the docs are made from it. */
export interface CatalogueEntry {
  readonly meaning: string;
  /** The usual reason. */
  readonly cause: string;
  readonly fix: string;
  /** Exit code of a command that ends with it; see exit.ts. */
  readonly exit: number;
  /** Of a diagnostic with this code; `error` unless said otherwise. */
  readonly severity?: Severity;
}

/** A part of the catalogue. */
export type Codes = Readonly<Record<string, CatalogueEntry>>;

/** Every code of this project. */
export const CATALOGUE: Codes = {
  ...COMMAND,
  ...DOCUMENT,
  ...ATTACHMENT,
  ...ENTRY,
  ...RUN,
  ...WIRE,
  ...TIMEOUT,
  ...OUTPUT,
};

/** The exit code for an error code; a processor's own codes count as the processor's error. */
export function exitOf(code: string): number {
  return CATALOGUE[code]?.exit ?? 1;
}

/** The severity of a diagnostic code. */
export function severityOf(code: string): Severity {
  return CATALOGUE[code]?.severity ?? "error";
}

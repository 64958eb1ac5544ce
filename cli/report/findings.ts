import type { Diagnostic, Source } from "../../schemas/mod.ts";

/** What was found in one document. */
export interface Findings {
  readonly source: Source;
  readonly diagnostics: readonly Diagnostic[];
}

import { applyEdits, type Diagnostic, type Source } from "../schemas/mod.ts";
import { fixAllEdits } from "../schemas/checker.ts";

/** What is said about any text of a document. */
export type JudgeText = (text: string) => readonly Diagnostic[];

/** A document after all fixes that need nobody, and what is left to say about it. */
export interface FixedDocument {
  readonly source: Source;
  readonly diagnostics: readonly Diagnostic[];
}

export function fixDocument(source: Source, judge: JudgeText): FixedDocument {
  const diagnostics = judge(source.text);
  const edits = fixAllEdits({ source, diagnostics }, judge);
  if (edits.length === 0) return { source, diagnostics };
  const text = applyEdits(source.text, edits);
  return { source: { ...source, text }, diagnostics: judge(text) };
}

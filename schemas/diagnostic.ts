import type { Span } from "./source.ts";

export type Severity = "error" | "warning" | "info" | "hint";

/** One finding about a document. A user's mistake is data: it is reported, never thrown. */
export interface Diagnostic {
  /** Stable; explained by `explain CODE`. See catalogue.ts. */
  readonly code: string;
  readonly severity: Severity;
  /** `Cannot <act> "<value>": <state found>`, capital first, no final period, no contraction. */
  readonly message: string;
  readonly span: Span;
  /** JSON Pointer of the place in the document; `""` is the whole document. */
  readonly pointer: string;
  /** What would have been right, in words or as a list (`one of "mock", "real"`). */
  readonly expected?: string;
  /** Edits that put it right, best first. */
  readonly fixes?: readonly Fix[];
  readonly related?: readonly Related[];
  /** JSON Pointer, in the schema that the document was checked against, of the keyword that does not hold. */
  readonly rule?: string;
}

export interface Fix {
  /** What it does, as an order: `Wrap the payload in "params"`. */
  readonly title: string;
  /** Non-overlapping, in the same source. */
  readonly edits: readonly Edit[];
  /** Takes something away or puts in what a person must complete: never applied unasked. */
  readonly choice?: true;
}

export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export interface Related {
  readonly message: string;
  readonly span: Span;
  /** `Source.name` of the other document, if it is not the same one. */
  readonly source?: string;
}

/** Errors only: whether a document may be run. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((each) => each.severity === "error");
}

/** Applies edits to a text; offsets are those of the text given. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits.toSorted((a, b) => a.span.start - b.span.start);
  let at = 0;
  const parts = ordered.map((edit) => {
    const kept = text.slice(at, edit.span.start);
    at = edit.span.end;
    return kept + edit.text;
  });
  return parts.join("") + text.slice(at);
}

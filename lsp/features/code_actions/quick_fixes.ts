import type { Diagnostic as LspDiagnostic, Range } from "vscode-languageserver";
import type { Diagnostic, Span } from "../../../schemas/mod.ts";
import type { View } from "../../view.ts";
import { editsOf } from "../../workspace_edit.ts";
import { markRemoval } from "./mark_removal.ts";
import { KINDS, type Offer } from "./offer.ts";

/** Where actions are asked for, and what the client shows there. */
export interface Asked {
  readonly span: Span;
  readonly shown: readonly LspDiagnostic[];
}

/** The fixes of every finding that touches a place; the first of a finding is preferred if it leaves nothing to a person. */
export function quickFixes(view: View, { span, shown }: Asked): Offer[] {
  return merged(
    findingsAt(view, span).flatMap((finding) => {
      const diagnostics = shown.filter((each) => isOf(each, finding, view));
      if (finding.code === "WARN_BOM") return withoutMark(view, diagnostics);
      return (finding.fixes ?? []).map(({ title, edits, choice }, index) => ({
        title,
        kind: KINDS.fix,
        edits: editsOf(view, edits),
        diagnostics,
        preferred: index === 0 && choice !== true,
      }));
    }),
  );
}

/** What puts several findings right is offered once. */
function merged(offers: readonly Offer[]): Offer[] {
  const once = new Map<string, Offer>();
  for (const offer of offers) {
    const { title, edits, diagnostics = [] } = offer;
    const key = JSON.stringify([title, edits]);
    const same = once.get(key);
    const all = [...same?.diagnostics ?? [], ...diagnostics];
    once.set(key, { ...same ?? offer, diagnostics: all });
  }
  return [...once.values()];
}

function withoutMark(
  view: View,
  diagnostics: readonly LspDiagnostic[],
): readonly Offer[] {
  const edit = markRemoval(view);
  if (edit === undefined) return [];
  const edits = { ...editsOf(view, []), edits: [edit] };
  const title = "Remove the byte order mark";
  return [{ title, kind: KINDS.fix, edits, diagnostics, preferred: true }];
}

/** Findings that a place touches; the ends count, for a cursor stands between characters. */
export function findingsAt(
  { diagnostics }: View,
  { start, end }: Span,
): readonly Diagnostic[] {
  return diagnostics.filter(({ span }) =>
    span.start <= end && start <= span.end
  );
}

/** Whether what a client shows is a finding. */
export function isOf(
  shown: LspDiagnostic,
  { code, span }: Diagnostic,
  view: View,
): boolean {
  return shown.code === code && sameRange(shown.range, view.range(span));
}

function sameRange(a: Range, b: Range): boolean {
  return a.start.line === b.start.line && a.end.line === b.end.line &&
    a.start.character === b.start.character &&
    a.end.character === b.end.character;
}

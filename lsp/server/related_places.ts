import type { DiagnosticRelatedInformation } from "vscode-languageserver";
import { rulePlace } from "../../schemas/checker.ts";
import type { Diagnostic } from "../../schemas/mod.ts";
import type { Page } from "../features/words/page.ts";
import type { View } from "../view.ts";

/** What is asked of the documents that findings lead to. */
export interface Elsewhere {
  /** By absolute path; undefined for what is none of ours. */
  readonly page: (path: string) => Page | undefined;
  /** The file of the entry that a document is checked against. */
  readonly entryFile: (view: View) => string | undefined;
}

/** Where else a finding leads: to what it contradicts in the document, to declarations, to the rule in the entry. */
export function relatedPlaces(
  finding: Diagnostic,
  view: View,
  elsewhere: Elsewhere,
): DiagnosticRelatedInformation[] {
  const { related = [] } = finding;
  const places = related.flatMap(({ message, span, source }) => {
    const own = source === undefined || source === view.source.name;
    const page = own ? view : elsewhere.page(source);
    return page === undefined
      ? []
      : [{ message, location: { uri: page.uri, range: page.range(span) } }];
  });
  return [...places, ...rulePlaces(finding, view, elsewhere)];
}

/** The schema of a processor is its author's to look at; those of the documents themselves are built in. */
function rulePlaces(
  { rule }: Diagnostic,
  view: View,
  { page, entryFile }: Elsewhere,
): DiagnosticRelatedInformation[] {
  if (rule === undefined || view.kind !== "inputs") return [];
  const file = entryFile(view);
  const entry = file === undefined ? undefined : page(file);
  const root = entry?.tree.root;
  const span = root && rulePlace(root, rule);
  if (entry === undefined || span === undefined) return [];
  const location = { uri: entry.uri, range: entry.range(span) };
  return [{ message: "The processor asks for it here", location }];
}

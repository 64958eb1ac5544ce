import {
  type DocumentHighlight,
  DocumentHighlightKind,
  DocumentHighlightRequest,
} from "vscode-languageserver";
import { feature } from "../feature.ts";
import type { View } from "../view.ts";
import { type Word, wordAt } from "./words/word.ts";
import { wordsOf } from "./words/words_of.ts";
import { inside } from "./words/written.ts";

/** The same name elsewhere in the document: declarations are written, uses are read. */
export const DOCUMENT_HIGHLIGHT = feature({
  type: DocumentHighlightRequest.type,
  capability: () => ({ documentHighlightProvider: true }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: ({ position }, view) =>
    documentHighlight(view, view.offset(position)) ?? null,
  empty: null,
});

/** Undefined where there is no name, so that the editor looks for the same text. */
export function documentHighlight(
  view: View,
  offset: number,
): DocumentHighlight[] | undefined {
  const words = wordsOf(view);
  const name = nameOf(wordAt(words, offset));
  if (name === undefined) return undefined;
  return words.filter((each) => nameOf(each) === name).map((each) => ({
    range: view.range(inside(view.source.text, each.span)),
    kind: "role" in each && each.role === "declaration"
      ? DocumentHighlightKind.Write
      : DocumentHighlightKind.Read,
  }));
}

function nameOf(word: Word | undefined): string | undefined {
  if (word?.kind === "attachment") return `attachment ${word.name}`;
  return word?.kind === "processor" ? `processor ${word.ref}` : undefined;
}

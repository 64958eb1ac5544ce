import { type Location, ReferencesRequest } from "vscode-languageserver";
import { feature } from "../feature.ts";
import type { View } from "../view.ts";
import { locationOf } from "./definition.ts";
import { type Around, aroundOf } from "./words/around.ts";
import {
  attachmentOccurrences,
  type Occurrence,
  processorOccurrences,
} from "./words/occurrences.ts";
import {
  type AttachmentWord,
  type ProcessorWord,
  wordAt,
} from "./words/word.ts";
import { wordsOf } from "./words/words_of.ts";

/** Everywhere that an attachment or a processor is named. */
export const REFERENCES = feature({
  type: ReferencesRequest.type,
  capability: () => ({ referencesProvider: true }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: ({ position, context }, view, scope) =>
    references(view, view.offset(position), {
      ...aroundOf(scope),
      withDeclarations: context.includeDeclaration,
    }),
  empty: null,
  across: true,
});

export function references(
  view: View,
  offset: number,
  around: Around & { readonly withDeclarations: boolean },
): Location[] {
  return occurrencesAt(view, offset, around)
    .filter(({ word: { role } }) => around.withDeclarations || role === "use")
    .map(locationOf);
}

function occurrencesAt(view: View, offset: number, around: Around) {
  const word = wordAt(wordsOf(view), offset);
  const found: readonly Occurrence<AttachmentWord | ProcessorWord>[] =
    word?.kind === "attachment"
      ? attachmentOccurrences(word, view, around)
      : word?.kind === "processor"
      ? processorOccurrences(word, view, around)
      : [];
  return found;
}

import {
  DefinitionRequest,
  type Location,
  type Position,
} from "vscode-languageserver";
import { entryFile } from "../entry_file.ts";
import { feature } from "../feature.ts";
import { fileUri } from "../file_uri.ts";
import type { View } from "../view.ts";
import { type Around, aroundOf } from "./words/around.ts";
import { attachmentOccurrences } from "./words/occurrences.ts";
import { pageOf } from "./words/page.ts";
import { type ProcessorWord, type Word, wordAt } from "./words/word.ts";
import { wordsOf } from "./words/words_of.ts";
import { inside } from "./words/written.ts";

/** From a name to where it is declared, from a path to its file, from a ref to its entry. */
export const DEFINITION = feature({
  type: DefinitionRequest.type,
  capability: () => ({ definitionProvider: true }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: ({ position }, view, scope) =>
    definition(view, view.offset(position), aroundOf(scope)),
  empty: null,
  across: true,
});

export function definition(
  view: View,
  offset: number,
  around: Around,
): Location[] {
  const word = wordAt(wordsOf(view), offset);
  return word === undefined ? [] : definitionOf(word, view, around);
}

function definitionOf(word: Word, view: View, around: Around): Location[] {
  switch (word.kind) {
    case "attachment":
      return attachmentOccurrences(word, view, around)
        .filter(({ word: { role } }) => role === "declaration")
        .map(locationOf);
    case "processor":
      return entryOf(word, view, around);
    case "file":
      return isFile(word.file, around)
        ? [{ uri: fileUri(word.file), range: { start: TOP, end: TOP } }]
        : [];
    case "part":
      return [{ uri: view.uri, range: view.range(word.target) }];
    case "url":
      return [];
  }
}

/** Where a word stands, quotes left out. */
export function locationOf(
  { page, word }: {
    readonly page: Pick<View, "uri" | "range" | "source">;
    readonly word: Pick<Word, "span">;
  },
): Location {
  const span = inside(page.source.text, word.span);
  return { uri: page.uri, range: page.range(span) };
}

/** The line of an entry that says its ref, or the beginning of its document. */
function entryOf(
  { ref, role, span }: ProcessorWord,
  view: View,
  around: Around,
): Location[] {
  if (role === "declaration") {
    return [locationOf({ page: view, word: { span } })];
  }
  const file = entryFile(ref, view, around.registry);
  const page = file === undefined ? undefined : pageOf(file, around);
  if (page === undefined) return [];
  const declaration = wordsOf(page).find((each) =>
    each.kind === "processor" && each.role === "declaration"
  );
  return declaration === undefined
    ? [{ uri: page.uri, range: { start: TOP, end: TOP } }]
    : [locationOf({ page, word: declaration })];
}

function isFile(file: string, { files }: Around): boolean {
  const { kind } = files.probe(file);
  return kind === "file" || kind === "unknown";
}

const TOP: Position = { line: 0, character: 0 };

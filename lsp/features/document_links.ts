import { type DocumentLink, DocumentLinkRequest } from "vscode-languageserver";
import { feature } from "../feature.ts";
import { fileUri } from "../file_uri.ts";
import type { HostFiles } from "../host.ts";
import type { View } from "../view.ts";
import type { Word } from "./words/word.ts";
import { wordsOf } from "./words/words_of.ts";
import { inside } from "./words/written.ts";

/** Paths and addresses that can be followed. */
export const DOCUMENT_LINKS = feature({
  type: DocumentLinkRequest.type,
  capability: () => ({ documentLinkProvider: { resolveProvider: false } }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: (_params, view, { host }) => documentLinks(view, host.files),
  empty: null,
});

/** Links to files that are there and to pages. */
export function documentLinks(
  view: View,
  files: Pick<HostFiles, "probe">,
): DocumentLink[] {
  return wordsOf(view).flatMap((word) => {
    const target = targetOf(word, files);
    if (target === undefined) return [];
    return [{ range: view.range(inside(view.source.text, word.span)), target }];
  });
}

function targetOf(
  word: Word,
  files: Pick<HostFiles, "probe">,
): string | undefined {
  if (word.kind === "url") return word.url;
  if (word.kind !== "file") return undefined;
  const { kind } = files.probe(word.file);
  return kind === "file" ? fileUri(word.file) : undefined;
}

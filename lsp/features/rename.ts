import {
  LSPErrorCodes,
  PrepareRenameRequest,
  type Range,
  RenameRequest,
  ResponseError,
} from "vscode-languageserver";
import { feature } from "../feature.ts";
import type { View } from "../view.ts";
import { workspaceEdit } from "../workspace_edit.ts";
import { type NameChange, renamed } from "./rename/renamed.ts";
import { aroundOf } from "./words/around.ts";
import type { Pages } from "./words/page.ts";
import { type AttachmentWord, wordAt } from "./words/word.ts";
import { wordsOf } from "./words/words_of.ts";
import { inside } from "./words/written.ts";

/** What can be renamed at a place, before a new name is asked for. */
export const PREPARE_RENAME = feature({
  type: PrepareRenameRequest.type,
  capability: () => ({ renameProvider: { prepareProvider: true } }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: ({ position }, view) =>
    prepareRename(view, view.offset(position)) ?? null,
  empty: null,
});

/** Gives an attachment another name wherever it is named. */
export const RENAME = feature({
  type: RenameRequest.type,
  capability: () => ({ renameProvider: { prepareProvider: true } }),
  uri: ({ textDocument }) => textDocument.uri,
  answer({ position, newName }, view, scope) {
    const offset = view.offset(position);
    const change = rename(view, offset, { newName, ...aroundOf(scope) });
    if ("refusal" in change) {
      throw new ResponseError(LSPErrorCodes.RequestFailed, change.refusal);
    }
    return workspaceEdit(change.edits, scope.client);
  },
  empty: null,
  across: true,
});

/** The name at an offset, if it can be another. */
export function prepareRename(
  view: View,
  offset: number,
): { readonly range: Range; readonly placeholder: string } | undefined {
  const word = nameAt(view, offset);
  if (word === undefined) return undefined;
  const range = view.range(inside(view.source.text, word.span));
  return { range, placeholder: word.name };
}

export function rename(
  view: View,
  offset: number,
  { newName, ...pages }: Pages & { readonly newName: string },
): NameChange {
  const word = nameAt(view, offset);
  return word === undefined
    ? { refusal: "Cannot rename this: it is not the name of an attachment" }
    : renamed(word, view, { newName, ...pages });
}

function nameAt(view: View, offset: number): AttachmentWord | undefined {
  const word = wordAt(wordsOf(view), offset);
  return word?.kind === "attachment" ? word : undefined;
}

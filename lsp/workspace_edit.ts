import type { TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import type { Edit } from "../schemas/mod.ts";
import type { ClientAbilities } from "./feature.ts";
import type { View } from "./view.ts";

/** What is to change in one document. */
export interface DocumentEdits {
  readonly uri: string;
  /** Of an open document; null for one that is not open. */
  readonly version: number | null;
  readonly edits: readonly TextEdit[];
}

/** The edits of a fix, as an editor counts lines and columns. */
export function editsOf(view: View, edits: readonly Edit[]): DocumentEdits {
  const { uri, version, range } = view;
  return {
    uri,
    version,
    edits: edits.map(({ span, text }) => ({
      range: range(span),
      newText: text,
    })),
  };
}

/** Changes of documents in the newest form that the client understands. */
export function workspaceEdit(
  changes: readonly DocumentEdits[],
  { documentChanges }: Pick<ClientAbilities, "documentChanges">,
): WorkspaceEdit {
  if (!documentChanges) {
    return {
      changes: Object.fromEntries(
        changes.map(({ uri, edits }) => [uri, [...edits]]),
      ),
    };
  }
  return {
    documentChanges: changes.map(({ uri, version, edits }) => ({
      textDocument: { uri, version },
      edits: [...edits],
    })),
  };
}

import type { WorkspaceEdit } from "vscode-languageserver-types";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { View } from "../../lsp/mod.ts";

/** The text of a document after an edit, applied as editors do; the edit must be for this version of it. */
export function editedText(
  { uri, version, source }: View,
  { changes, documentChanges }: WorkspaceEdit,
): string {
  const { language, text } = source;
  const document = TextDocument.create(uri, language, version, text);
  const versioned = documentChanges?.flatMap((each) => {
    if (!("textDocument" in each)) throw new Error("no edit of a text");
    const { textDocument } = each;
    if (textDocument.uri !== uri) return [];
    if (textDocument.version !== version) {
      throw new Error(`edit of version ${textDocument.version}`);
    }
    return each.edits.flatMap((edit) => "newText" in edit ? edit : []);
  });
  return TextDocument.applyEdits(document, versioned ?? changes?.[uri] ?? []);
}

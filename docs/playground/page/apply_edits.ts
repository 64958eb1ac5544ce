import { LSPPlugin } from "@codemirror/lsp-client";
import type { EditorView } from "@codemirror/view";
import type * as lsp from "vscode-languageserver-protocol";

/** Applies what an edit says about the document of a view; answers whether it says anything. */
export function applyEdits(
  view: EditorView,
  edit: lsp.WorkspaceEdit | undefined,
): boolean {
  const plugin = LSPPlugin.get(view);
  const edits = plugin === null ? [] : edit?.changes?.[plugin.uri] ?? [];
  if (plugin === null || edits.length === 0) return false;
  view.dispatch({
    changes: edits.map(({ range, newText }) => ({
      from: plugin.fromPosition(range.start),
      to: plugin.fromPosition(range.end),
      insert: newText,
    })),
    userEvent: "input.fix",
    scrollIntoView: true,
  });
  return true;
}

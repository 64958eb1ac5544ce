import { type Action, type Diagnostic, setDiagnostics } from "@codemirror/lint";
import {
  type LSPClient,
  type LSPClientExtension,
  LSPPlugin,
} from "@codemirror/lsp-client";
import { EditorView } from "@codemirror/view";
import type * as lsp from "vscode-languageserver-protocol";
import { applyEdits } from "./apply_edits.ts";

/** What was found in a document, where it is, and what can be done about it. */
export interface Finding {
  readonly severity: "error" | "warning" | "info" | "hint";
  readonly code: string;
  readonly message: string;
  readonly from: number;
  readonly to: number;
  readonly fixes: readonly Fix[];
}

export interface Fix {
  readonly title: string;
  readonly apply: () => void;
}

/** Told each time that something new is known about a document. */
export type Listener = (uri: string, found: readonly Finding[]) => void;

/**
 * Shows in the editor what the server finds, with fixes, and tells it to the page; nothing about a document that is
 * not begun. Edits are told to the server at once.
 */
export function findings(listener: Listener): LSPClientExtension {
  return {
    clientCapabilities: {
      textDocument: {
        publishDiagnostics: { versionSupport: true },
        codeAction: { codeActionLiteralSupport: {} },
        completion: { completionItem: { snippetSupport: false } },
      },
    },
    notificationHandlers: {
      "textDocument/publishDiagnostics": (client, params) => {
        published(client, params, listener);
        return true;
      },
    },
    editorExtension: EditorView.updateListener.of(({ docChanged, view }) => {
      if (docChanged) {
        queueMicrotask(() => LSPPlugin.get(view)?.client.sync());
      }
    }),
  };
}

async function published(
  client: LSPClient,
  { uri, version, diagnostics }: lsp.PublishDiagnosticsParams,
  listener: Listener,
): Promise<void> {
  const file = client.workspace.getFile(uri);
  const view = file?.getView();
  if (!file || !view || (version ?? file.version) !== file.version) return;
  const isBegun = /\S/.test(view.state.doc.toString());
  const all = isBegun ? diagnostics : [];
  const actions = all.length > 0 ? await fixesFor(uri, all, client) : [];
  if (file.getView() !== view || !view.state.doc.eq(file.doc)) return;
  const found = all.map((each) => findingOf(each, actions, view));
  view.dispatch(setDiagnostics(view.state, found.map(shown)));
  listener(uri, found);
}

async function fixesFor(
  uri: string,
  diagnostics: readonly lsp.Diagnostic[],
  client: LSPClient,
): Promise<readonly lsp.CodeAction[]> {
  return await client.request<lsp.CodeActionParams, lsp.CodeAction[] | null>(
    "textDocument/codeAction",
    {
      textDocument: { uri },
      range: EVERYTHING,
      context: { diagnostics: [...diagnostics], only: ["quickfix"] },
    },
  ) ?? [];
}

export const EVERYTHING: lsp.Range = {
  start: { line: 0, character: 0 },
  end: { line: 1_000_000, character: 0 },
};

const SEVERITIES = ["error", "warning", "info", "hint"] as const;

function findingOf(
  each: lsp.Diagnostic,
  actions: readonly lsp.CodeAction[],
  view: EditorView,
): Finding {
  const plugin = LSPPlugin.get(view);
  const at = (position: lsp.Position) => plugin?.fromPosition(position) ?? 0;
  const { doc } = view.state;
  return {
    severity: SEVERITIES[(each.severity ?? 1) - 1] ?? "error",
    code: String(each.code ?? ""),
    message: typeof each.message === "string"
      ? each.message
      : each.message.value,
    from: at(each.range.start),
    to: at(each.range.end),
    fixes: actions.filter(({ diagnostics }) =>
      diagnostics?.some((other) => isSame(each, other))
    ).map(({ title, edit }) => ({
      title,
      apply: () => {
        if (view.state.doc.eq(doc)) applyEdits(view, edit);
      },
    })),
  };
}

function isSame(one: lsp.Diagnostic, other: lsp.Diagnostic): boolean {
  const { start, end } = one.range;
  return one.message === other.message && one.code === other.code &&
    start.line === other.range.start.line &&
    start.character === other.range.start.character &&
    end.line === other.range.end.line &&
    end.character === other.range.end.character;
}

/** As the editor underlines it, with the first fixes as buttons. */
function shown({ fixes, code, ...rest }: Finding): Diagnostic {
  const actions = fixes.slice(0, 3).map(({ title, apply }): Action => ({
    name: title,
    apply,
  }));
  return { ...rest, source: code, actions };
}

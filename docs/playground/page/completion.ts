import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  insertCompletionText,
} from "@codemirror/autocomplete";
import { LSPPlugin } from "@codemirror/lsp-client";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type * as lsp from "vscode-languageserver-protocol";
import { element } from "./element.ts";

/**
 * Completes with what the server proposes, with what it says about each. The library's own completion does not ask for
 * that, and leaves out the edits elsewhere that come with a proposal.
 */
export function completion(): Extension {
  return autocompletion({ override: [proposals], icons: false });
}

/** Characters after which the server has something to say. */
const TRIGGER = /[\w"':/$=-]$|[:-] $/;

async function proposals(
  context: CompletionContext,
): Promise<CompletionResult | null> {
  const { view, pos, state, explicit } = context;
  const plugin = view && LSPPlugin.get(view);
  const before = state.sliceDoc(state.doc.lineAt(pos).from, pos);
  if (!plugin || (!explicit && !TRIGGER.test(before))) return null;
  plugin.client.sync();
  const items = await plugin.client.request<
    lsp.CompletionParams,
    lsp.CompletionItem[] | null
  >("textDocument/completion", {
    textDocument: { uri: plugin.uri },
    position: plugin.toPosition(pos),
  });
  const [first] = items ?? [];
  if (!items || first === undefined || context.aborted) return null;
  const { from } = spanOf(first, plugin, pos);
  return {
    from,
    options: items.map((item) => optionOf(item, plugin, pos)),
    validFor: /^["']?[\w$./@-]*$/,
  };
}

function spanOf(
  { textEdit }: lsp.CompletionItem,
  plugin: LSPPlugin,
  pos: number,
): { readonly from: number; readonly to: number } {
  if (textEdit === undefined || !("range" in textEdit)) {
    return { from: pos, to: pos };
  }
  const { start, end } = textEdit.range;
  return { from: plugin.fromPosition(start), to: plugin.fromPosition(end) };
}

function optionOf(
  item: lsp.CompletionItem,
  plugin: LSPPlugin,
  pos: number,
): Completion {
  const { label, filterText = label, detail, sortText = label } = item;
  const behind = spanOf(item, plugin, pos).to - pos;
  const edits = (item.additionalTextEdits ?? []).map(({ range, newText }) => ({
    from: plugin.fromPosition(range.start),
    to: plugin.fromPosition(range.end),
    insert: newText,
  }));
  return {
    label: filterText,
    displayLabel: label,
    sortText,
    ...(detail === undefined ? {} : { detail }),
    info: () => described(item, plugin),
    apply: (...[view, , from, to]) =>
      insert(view, {
        text: item.textEdit?.newText ?? label,
        edits,
        ...{ from, to: to + behind, typed: to - pos },
      }),
  };
}

interface Insertion {
  readonly text: string;
  readonly edits: readonly {
    readonly from: number;
    readonly to: number;
    readonly insert: string;
  }[];
  readonly from: number;
  readonly to: number;
  /** How many characters were typed since the proposals were made. */
  readonly typed: number;
}

function insert(
  view: EditorView,
  { text, edits, from, to, typed }: Insertion,
): void {
  const later = (at: number) => at > from ? at + typed : at;
  view.dispatch(
    insertCompletionText(view.state, text, from, to),
    {
      changes: edits.map((each) => ({
        from: later(each.from),
        to: later(each.to),
        insert: each.insert,
      })),
    },
  );
}

async function described(
  item: lsp.CompletionItem,
  plugin: LSPPlugin,
): Promise<Node | null> {
  const { documentation } = await plugin.client.request<
    lsp.CompletionItem,
    lsp.CompletionItem
  >("completionItem/resolve", item);
  if (documentation === undefined) return null;
  const shown = element("div", { className: "cm-lsp-documentation" });
  shown.innerHTML = plugin.docToHTML(documentation);
  return shown;
}

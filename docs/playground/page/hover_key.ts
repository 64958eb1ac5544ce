import { LSPPlugin } from "@codemirror/lsp-client";
import { type Extension, StateEffect, StateField } from "@codemirror/state";
import {
  type EditorView,
  keymap,
  showTooltip,
  type Tooltip,
} from "@codemirror/view";
import type * as lsp from "vscode-languageserver-protocol";
import { element } from "./element.ts";

/** Shows with keys what the mouse shows by hovering: about the place of the cursor, until it moves or Escape. */
export function hoverKey(): Extension {
  return [
    SHOWN,
    keymap.of([
      { key: "Mod-k Mod-i", run: hoverAtCursor, preventDefault: true },
      { key: "Escape", run: hide },
    ]),
  ];
}

const show = StateEffect.define<Tooltip | null>();

const SHOWN = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, { effects, docChanged, selection }) {
    const asked = effects.find((each) => each.is(show));
    if (asked !== undefined) return asked.value as Tooltip | null;
    return docChanged || selection !== undefined ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

function hide(view: EditorView): boolean {
  if (view.state.field(SHOWN) === null) return false;
  view.dispatch({ effects: show.of(null) });
  return true;
}

function hoverAtCursor(view: EditorView): boolean {
  const plugin = LSPPlugin.get(view);
  if (plugin === null) return false;
  void ask(view, plugin);
  return true;
}

async function ask(view: EditorView, plugin: LSPPlugin): Promise<void> {
  const { client, uri } = plugin;
  const { doc, selection: { main: { head } } } = view.state;
  client.sync();
  const hover = await client.request<lsp.HoverParams, lsp.Hover | null>(
    "textDocument/hover",
    { textDocument: { uri }, position: plugin.toPosition(head) },
  );
  const isStill = view.state.doc.eq(doc) &&
    view.state.selection.main.head === head;
  if (hover === null || !isStill) return;
  const contents = hover.contents as lsp.MarkupContent;
  const create = () => ({ dom: shownAs(plugin.docToHTML(contents)) });
  const pos = hover.range ? plugin.fromPosition(hover.range.start) : head;
  view.dispatch({ effects: show.of({ pos, above: true, create }) });
}

/** Told by screen readers, too, since the cursor stays in the text; what is long can be gone into and scrolled. */
function shownAs(html: string): HTMLElement {
  const className = "cm-tooltip-hover cm-lsp-documentation";
  const dom = element("div", { className, role: "status", tabIndex: 0 });
  dom.innerHTML = html;
  return dom;
}

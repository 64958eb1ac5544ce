import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import type { LSPClient } from "@codemirror/lsp-client";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import type { Language } from "../backstage.ts";
import { yamlIndent } from "./yaml_indent.ts";

export interface EditorParts {
  readonly parent: HTMLElement;
  readonly uri: string;
  readonly language: Language;
  readonly text: string;
  /** What it is, for those who do not see it. */
  readonly label: string;
  /** What stands there as long as it is empty. */
  readonly invitation: string;
  readonly client: LSPClient;
  /** Lets the editor's own styles in, as the policy of the page asks. */
  readonly nonce: string;
  readonly changed: () => void;
}

/** An editor of a document that the server knows for as long as it is there. */
export function openEditor(parts: EditorParts): EditorView {
  const { parent, uri, language, text, client, changed } = parts;
  const extensions: Extension[] = [
    EditorView.cspNonce.of(parts.nonce),
    EditorView.contentAttributes.of({ "aria-label": parts.label }),
    EditorView.updateListener.of(({ docChanged }) => {
      if (docChanged) changed();
    }),
    placeholder(parts.invitation),
    language === "json" ? json() : [yaml(), yamlIndent()],
    client.plugin(uri, language),
    LOOKS,
    KEYS,
  ];
  const state = EditorState.create({ doc: text, extensions });
  return new EditorView({ parent, state });
}

const LOOKS: Extension = [
  lineNumbers(),
  foldGutter(),
  lintGutter(),
  history(),
  drawSelection(),
  bracketMatching(),
  closeBrackets(),
  indentOnInput(),
  highlightActiveLine(),
  EditorView.lineWrapping,
  EditorState.tabSize.of(2),
  syntaxHighlighting(classHighlighter),
];

/** Tab is left alone: it leads out of the editor, as everywhere in a page. */
const KEYS: Extension = keymap.of([
  ...closeBracketsKeymap,
  ...defaultKeymap,
  ...historyKeymap,
  ...foldKeymap,
  ...lintKeymap,
]);

import type { LSPClient } from "@codemirror/lsp-client";
import type { EditorView } from "@codemirror/view";
import { FOLDER, type Language } from "../backstage.ts";
import { openEditor } from "./editor.ts";
import { byId } from "./element.ts";
import { tabs } from "./tabs.ts";

/** The two documents of the page: inputs in either language, and an entry beside it. */
export interface Documents {
  readonly inputs: () => EditorView;
  readonly registry: EditorView;
  readonly language: () => Language;
  /** Puts another text in place of the inputs, which can be undone where the language stays the same. */
  readonly write: (text: string, language: Language) => void;
  /** The editor of a document, once it is in sight. */
  readonly show: (uri: string) => EditorView;
}

export interface DocumentsParts {
  readonly client: LSPClient;
  readonly nonce: string;
  readonly changed: () => void;
  readonly registryChanged: () => void;
}

export const REGISTRY_URI = `file://${FOLDER}/registry.yaml`;

export function inputsUri(language: Language): string {
  return `file://${FOLDER}/inputs.${language}`;
}

/** Opens both documents, empty. */
export function openDocuments(parts: DocumentsParts): Documents {
  const { client, nonce, changed, registryChanged } = parts;
  const showTab = tabs(byId("tabs", HTMLElement));
  const open = (language: Language, text: string) =>
    openEditor({
      parent: byId("inputs", HTMLElement),
      uri: inputsUri(language),
      label: `Inputs document, ${language.toUpperCase()}`,
      invitation: "Write inputs, or press Ctrl+Space to begin with an example",
      ...{ language, text, client, nonce, changed },
    });
  const registry = openEditor({
    parent: byId("registry", HTMLElement),
    uri: REGISTRY_URI,
    label: "registry.yaml, a processor of your own",
    invitation: "Paste a registry.yaml, which describes a processor, to " +
      "check inputs for it",
    ...{ language: "yaml", text: "", client, nonce, changed: registryChanged },
  });
  let now: Language = "yaml";
  let inputs = open(now, "");
  return {
    registry,
    inputs: () => inputs,
    language: () => now,
    write(text, language) {
      if (language === now) return replaceText(inputs, text);
      inputs.destroy();
      now = language;
      inputs = open(language, text);
      named(language);
      changed();
    },
    show(uri) {
      const isRegistry = uri === REGISTRY_URI;
      showTab(isRegistry ? "registry-tab" : "inputs-tab");
      return isRegistry ? registry : inputs;
    },
  };
}

export function replaceText(view: EditorView, text: string): void {
  const { length } = view.state.doc;
  view.dispatch({ changes: { from: 0, to: length, insert: text } });
}

function named(language: Language): void {
  const tab = byId("inputs-tab", HTMLButtonElement);
  tab.replaceChildren(`inputs.${language}`);
  const chosen = document.querySelector<HTMLInputElement>(
    `input[name=language][value=${language}]`,
  );
  if (chosen !== null) chosen.checked = true;
}

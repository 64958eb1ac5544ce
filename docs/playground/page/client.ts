import {
  findReferencesKeymap,
  formatKeymap,
  hoverTooltips,
  jumpToDefinitionKeymap,
  LSPClient,
  renameKeymap,
  type Transport,
} from "@codemirror/lsp-client";
import { jsonLanguage } from "@codemirror/lang-json";
import { yamlLanguage } from "@codemirror/lang-yaml";
import { keymap } from "@codemirror/view";
import { FOLDER } from "../backstage.ts";
import { completion } from "./completion.ts";
import { findings, type Listener } from "./findings.ts";
import { hoverKey } from "./hover_key.ts";
import { sanitized } from "./sanitized.ts";

/** A client of the language server for all editors of the page. */
export function connect(transport: Transport, listener: Listener): LSPClient {
  const client = new LSPClient({
    rootUri: `file://${FOLDER}`,
    timeout: 20_000,
    sanitizeHTML: sanitized,
    highlightLanguage: (name) => LANGUAGES.get(name) ?? null,
    extensions: [
      findings(listener),
      completion(),
      hoverTooltips(),
      hoverKey(),
      keymap.of([
        ...formatKeymap,
        ...renameKeymap,
        ...jumpToDefinitionKeymap,
        ...findReferencesKeymap,
      ]),
    ],
  });
  return client.connect(transport);
}

const LANGUAGES = new Map([
  ["json", jsonLanguage],
  ["jsonc", jsonLanguage],
  ["yaml", yamlLanguage],
]);

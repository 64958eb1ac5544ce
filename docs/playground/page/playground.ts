import { LSPPlugin } from "@codemirror/lsp-client";
import { answersFrom, type AnswersParts, showAll } from "./answers.ts";
import { connect } from "./client.ts";
import {
  type Documents,
  inputsUri,
  openDocuments,
  REGISTRY_URI,
  replaceText,
} from "./documents.ts";
import { filesPanel } from "./files_panel.ts";
import type { Finding } from "./findings.ts";
import type { Server } from "./server.ts";
import { toolbar } from "./toolbar.ts";

/** Milliseconds without an edit after which the page looks again. */
const PAUSE = 120;

/** Puts everything in the page together, and begins with the first sample, or what the address holds. */
export async function playground(
  { transport, backstage }: Server,
  nonce: string,
): Promise<void> {
  const found = new Map<string, readonly Finding[]>();
  const client = connect(transport, (uri, findings) => {
    found.set(uri, findings);
    showAll(found, { backstage, documents });
    answer();
  });
  await client.initializing;
  const surroundingsChanged = () => {
    client.notification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: REGISTRY_URI, type: 2 }],
    });
    soon();
  };
  const documents: Documents = openDocuments({
    client,
    nonce,
    changed: () => soon(),
    registryChanged: later(async () => {
      await putRegistry(documents, backstage);
      surroundingsChanged();
    }),
  });
  const parts: AnswersParts = { client, backstage, documents };
  const answer = answersFrom(parts);
  const soon = later(answer);
  showElsewhere(parts);
  const files = filesPanel({
    backstage,
    changed: surroundingsChanged,
    edited: (name, bytes) => editedAs(name, bytes, documents),
  });
  await toolbar({ ...parts, files });
}

/** Calls once, a moment after the last call. */
function later(callback: () => Promise<void>): () => void {
  let timer: number | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(callback, PAUSE);
  };
}

/** Inputs and an entry go into their editors, whatever else they could be attached to. */
function editedAs(
  name: string,
  bytes: Uint8Array,
  documents: Documents,
): boolean {
  const isEntry = /^registry\.yaml$/i.test(name);
  const inputs = /^inputs\b.*\.(json|ya?ml)$/i.exec(name);
  if (!isEntry && inputs === null) return false;
  const text = new TextDecoder().decode(bytes);
  const language = /\.json$/i.test(name) ? "json" : "yaml";
  if (!isEntry) documents.write(text, language);
  const view = documents.show(isEntry ? REGISTRY_URI : inputsUri(language));
  if (isEntry) replaceText(view, text);
  return true;
}

/** The server reads entries beside documents from files. */
async function putRegistry(
  { registry }: Documents,
  backstage: AnswersParts["backstage"],
): Promise<void> {
  const text = registry.state.doc.toString();
  const bytes = new TextEncoder().encode(text);
  const name = "registry.yaml";
  if (text.trim() === "") await backstage.remove(name);
  else await backstage.put({ name, bytes });
}

/** What is declared in the other document is shown in its tab. */
function showElsewhere({ client, documents }: AnswersParts): void {
  client.workspace.displayFile = (uri) => {
    const view = documents.show(uri);
    return Promise.resolve(LSPPlugin.get(view)?.uri === uri ? view : null);
  };
}

import type { LSPClient } from "@codemirror/lsp-client";
import type * as lsp from "vscode-languageserver-protocol";
import { applyEdits } from "./apply_edits.ts";
import { type Documents, inputsUri, REGISTRY_URI } from "./documents.ts";
import { byId } from "./element.ts";
import { EVERYTHING } from "./findings.ts";

export interface FixAllParts {
  readonly client: LSPClient;
  readonly documents: Documents;
}

/** Offers to fix everything at once where the server can, in the inputs or else in the entry. */
export async function offerFixAll(parts: FixAllParts): Promise<void> {
  const edits = await fixes(parts);
  byId("fix-all", HTMLButtonElement).hidden = edits.every((edit) => !edit);
}

export async function fixAll(parts: FixAllParts): Promise<void> {
  const { client, documents } = parts;
  client.sync();
  const [inputs, registry] = await fixes(parts);
  applyEdits(documents.inputs(), inputs);
  applyEdits(documents.registry, registry);
}

function fixes(
  { client, documents }: FixAllParts,
): Promise<readonly (lsp.WorkspaceEdit | undefined)[]> {
  const uris = [inputsUri(documents.language()), REGISTRY_URI];
  return Promise.all(uris.map(async (uri) => {
    const actions = await client.request<
      lsp.CodeActionParams,
      lsp.CodeAction[] | null
    >("textDocument/codeAction", {
      textDocument: { uri },
      range: EVERYTHING,
      context: { diagnostics: [], only: ["source.fixAll.theoryctl"] },
    });
    return actions?.[0]?.edit;
  }));
}

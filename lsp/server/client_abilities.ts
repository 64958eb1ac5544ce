import type {
  ClientCapabilities,
  InitializeParams,
} from "vscode-languageserver";
import type { ClientAbilities } from "../feature.ts";

type DeepNullable<T> = T extends object
  ? { readonly [K in keyof T]?: DeepNullable<T[K]> | null }
  : T;

/** What a client says that it can do. Some say nothing, and some say null. */
export function clientAbilities(
  { capabilities }: Pick<InitializeParams, "capabilities">,
): ClientAbilities {
  const said: DeepNullable<ClientCapabilities> = capabilities ?? {};
  const { textDocument: text, workspace, window } = said;
  const kinds = text?.hover?.contentFormat ?? [];
  const edit = workspace?.workspaceEdit;
  const yes = (flag: unknown) => flag !== undefined && flag !== null;
  return {
    markdown: Array.isArray(kinds) && kinds.includes("markdown"),
    pictures: typeof said.general?.markdown?.parser === "string",
    snippets: text?.completion?.completionItem?.snippetSupport === true,
    codeActionLiterals: yes(text?.codeAction?.codeActionLiteralSupport),
    resourceOperations: yes(edit?.resourceOperations),
    documentChanges: edit?.documentChanges === true,
    hierarchicalSymbols:
      text?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    showDocument: window?.showDocument?.support === true,
    relatedInformation: text?.publishDiagnostics?.relatedInformation === true ||
      text?.diagnostic?.relatedInformation === true,
    codeDescription:
      text?.publishDiagnostics?.codeDescriptionSupport === true ||
      text?.diagnostic?.codeDescriptionSupport === true,
    pullDiagnostics: yes(text?.diagnostic) &&
      workspace?.diagnostics?.refreshSupport === true,
    workspaceConfiguration: workspace?.configuration === true,
    watchedFiles:
      workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    applyEdit: workspace?.applyEdit === true,
    textDocumentContent: yes(workspace?.textDocumentContent),
    workDoneProgress: window?.workDoneProgress === true,
  };
}

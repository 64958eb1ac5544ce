/**
 * What the server uses of the Language Server Protocol, imported as "vscode-languageserver". Types are those of `vscode-languageserver-protocol`, which takes
 * longer to load than a document takes to check; so its constants are made here, of the connection that it is made of.
 */
import type * as protocol from "vscode-languageserver-protocol";
import {
  createMessageConnection,
  NotificationType,
  ParameterStructures,
  RequestType,
} from "vscode-jsonrpc";

export type * from "vscode-languageserver-protocol";
export {
  AbstractMessageBuffer,
  Emitter,
  ErrorCodes,
  RAL,
  ReadableStreamMessageReader,
  ResponseError,
  Trace,
  WriteableStreamMessageWriter,
} from "vscode-jsonrpc";
export {
  CodeActionKind,
  CodeActionTriggerKind,
  CompletionItemKind,
  DiagnosticSeverity,
  DiagnosticTag,
  DocumentHighlightKind,
  FoldingRangeKind,
  InsertTextFormat,
  InsertTextMode,
  SymbolKind,
} from "vscode-languageserver-types";

type Protocol = typeof protocol;

/** The names of requests and notifications. */
type Named = {
  [K in keyof Protocol]: Protocol[K] extends {
    readonly method: string;
    readonly type: unknown;
  } ? K
    : never;
}[keyof Protocol];

/** One of them, as far as it is used. */
type Message<K extends Named> = Pick<Protocol[K], "method" | "type">;

class ByName extends RequestType<unknown, unknown, unknown> {
  constructor(method: string) {
    super(method, ParameterStructures.byName);
  }
}

export const ProtocolRequestType =
  ByName as unknown as Protocol["ProtocolRequestType"];
export type ProtocolRequestType<P, R, PR, E, O> = protocol.ProtocolRequestType<
  P,
  R,
  PR,
  E,
  O
>;

function request<K extends Named>(
  method: Protocol[K]["method"],
): Message<K> {
  return { method, type: new ByName(method) } as unknown as Message<K>;
}

function notification<K extends Named>(
  method: Protocol[K]["method"],
): Message<K> {
  const type = new NotificationType(method, ParameterStructures.byName);
  return { method, type } as unknown as Message<K>;
}

/** The connection of the protocol is one of JSON-RPC, with types. */
export const createProtocolConnection =
  createMessageConnection as unknown as Protocol["createProtocolConnection"];

export const CodeActionRequest = request<"CodeActionRequest">(
  "textDocument/codeAction",
);
export const CodeLensRequest = request<"CodeLensRequest">(
  "textDocument/codeLens",
);
export const CompletionRequest = request<"CompletionRequest">(
  "textDocument/completion",
);
export const CompletionResolveRequest = request<"CompletionResolveRequest">(
  "completionItem/resolve",
);
export const DefinitionRequest = request<"DefinitionRequest">(
  "textDocument/definition",
);
export const DocumentDiagnosticRequest = request<"DocumentDiagnosticRequest">(
  "textDocument/diagnostic",
);
export const DocumentFormattingRequest = request<"DocumentFormattingRequest">(
  "textDocument/formatting",
);
export const DocumentHighlightRequest = request<"DocumentHighlightRequest">(
  "textDocument/documentHighlight",
);
export const DocumentLinkRequest = request<"DocumentLinkRequest">(
  "textDocument/documentLink",
);
export const DocumentRangeFormattingRequest = request<
  "DocumentRangeFormattingRequest"
>("textDocument/rangeFormatting");
export const DocumentSymbolRequest = request<"DocumentSymbolRequest">(
  "textDocument/documentSymbol",
);
export const ExecuteCommandRequest = request<"ExecuteCommandRequest">(
  "workspace/executeCommand",
);
export const FoldingRangeRequest = request<"FoldingRangeRequest">(
  "textDocument/foldingRange",
);
export const HoverRequest = request<"HoverRequest">("textDocument/hover");
export const InlayHintRequest = request<"InlayHintRequest">(
  "textDocument/inlayHint",
);
export const PrepareRenameRequest = request<"PrepareRenameRequest">(
  "textDocument/prepareRename",
);
export const ReferencesRequest = request<"ReferencesRequest">(
  "textDocument/references",
);
export const RegistrationRequest = request<"RegistrationRequest">(
  "client/registerCapability",
);
export const RenameRequest = request<"RenameRequest">("textDocument/rename");
export const SelectionRangeRequest = request<"SelectionRangeRequest">(
  "textDocument/selectionRange",
);
export const TextDocumentContentRequest = request<"TextDocumentContentRequest">(
  "workspace/textDocumentContent",
);
export const WorkspaceDiagnosticRequest = request<"WorkspaceDiagnosticRequest">(
  "workspace/diagnostic",
);
export const WorkspaceSymbolRequest = request<"WorkspaceSymbolRequest">(
  "workspace/symbol",
);

export const DidChangeConfigurationNotification = notification<
  "DidChangeConfigurationNotification"
>("workspace/didChangeConfiguration");
export const DidChangeTextDocumentNotification = notification<
  "DidChangeTextDocumentNotification"
>("textDocument/didChange");
export const DidChangeWatchedFilesNotification = notification<
  "DidChangeWatchedFilesNotification"
>("workspace/didChangeWatchedFiles");
export const DidChangeWorkspaceFoldersNotification = notification<
  "DidChangeWorkspaceFoldersNotification"
>("workspace/didChangeWorkspaceFolders");
export const DidCloseTextDocumentNotification = notification<
  "DidCloseTextDocumentNotification"
>("textDocument/didClose");
export const DidOpenTextDocumentNotification = notification<
  "DidOpenTextDocumentNotification"
>("textDocument/didOpen");
export const DidSaveTextDocumentNotification = notification<
  "DidSaveTextDocumentNotification"
>("textDocument/didSave");

export type LSPErrorCodes = protocol.LSPErrorCodes;
export const LSPErrorCodes: Pick<
  Protocol["LSPErrorCodes"],
  "RequestCancelled" | "RequestFailed"
> = { RequestCancelled: -32800, RequestFailed: -32803 };

export type MessageType = protocol.MessageType;
export const MessageType: Pick<
  Protocol["MessageType"],
  "Error" | "Warning" | "Info"
> = { Error: 1, Warning: 2, Info: 3 };

export type PositionEncodingKind = protocol.PositionEncodingKind;
export const PositionEncodingKind: Pick<
  Protocol["PositionEncodingKind"],
  "UTF16"
> = { UTF16: "utf-16" };

export type TextDocumentSyncKind = protocol.TextDocumentSyncKind;
export const TextDocumentSyncKind: Pick<
  Protocol["TextDocumentSyncKind"],
  "Incremental"
> = { Incremental: 2 };

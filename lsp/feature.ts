import type {
  ProtocolRequestType,
  ServerCapabilities,
} from "vscode-languageserver";
import type { ClientWindow } from "./client_window.ts";
import type { Host, HostFiles, HostRegistry } from "./host.ts";
import type { View } from "./view.ts";

/**
 * One thing the server can do, as data: what it tells the client about it, the request it answers and the pure
 * function that answers. The table of all of them is `features/mod.ts`.
 */
export interface Feature<P, R, PR, E, O> {
  readonly type: ProtocolRequestType<P, R, PR, E, O>;
  /** Told at `initialize`; leaves out what the client or the host cannot do. */
  readonly capability: (about: Able) => ServerCapabilities;
  /** The document that a request is about. */
  readonly uri: (params: P) => string;
  /** Never sees a document that is not ours; what is answered for one is `empty`. */
  readonly answer: (params: P, view: View, scope: Scope) => R | Promise<R>;
  readonly empty: R;
  /** Whether the other open documents count, too. */
  readonly across?: boolean;
  /** What is answered in place of `empty` where that depends on the request. */
  readonly untouched?: (params: P) => R;
}

/** A feature whose types only the feature itself knows. */
export type AnyFeature = Feature<never, unknown, never, unknown, unknown>;

/** Types a feature by its request. */
export function feature<P, R, PR, E, O>(
  each: Feature<P, R, PR, E, O>,
): AnyFeature {
  return each as unknown as AnyFeature;
}

/** One thing the server can do about all documents of the open folders, as data; in the same table. */
export interface WorkspaceFeature<P, R, PR, E, O> {
  readonly type: ProtocolRequestType<P, R, PR, E, O>;
  readonly capability: (about: Able) => ServerCapabilities;
  readonly answerAll: (
    params: P,
    scope: WorkspaceScope,
  ) => R | Promise<R>;
}

/** A feature of the workspace whose types only the feature itself knows. */
export type AnyWorkspaceFeature = WorkspaceFeature<
  never,
  unknown,
  never,
  unknown,
  unknown
>;

/** Types a feature of the workspace by its request. */
export function workspaceFeature<P, R, PR, E, O>(
  each: WorkspaceFeature<P, R, PR, E, O>,
): AnyWorkspaceFeature {
  return each as unknown as AnyWorkspaceFeature;
}

/** What a feature of the workspace may ask. */
export interface WorkspaceScope {
  /** Our documents: as they are in the editor, else as they are in their files. Reads them one by one, as they are taken. */
  readonly pages: () => AsyncIterable<WorkspacePage>;
  readonly signal: AbortSignal;
}

/** A document of the workspace, read and not checked. */
export type WorkspacePage = Pick<
  View,
  "kind" | "uri" | "path" | "dir" | "source" | "tree" | "range"
>;

/** What is asked of client and host before something is offered. */
export interface Able {
  readonly client: ClientAbilities;
  readonly host: Host;
}

/** What features may use of the client. Everything is false for one that says nothing. */
export interface ClientAbilities {
  readonly markdown: boolean;
  /** Pictures in markdown: it names its parser of markdown, which those do that show more than text. */
  readonly pictures: boolean;
  readonly snippets: boolean;
  readonly codeActionLiterals: boolean;
  readonly resourceOperations: boolean;
  readonly documentChanges: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly showDocument: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  /** Asks for findings, and asks again when it is told that they may be other ones. */
  readonly pullDiagnostics: boolean;
  readonly workspaceConfiguration: boolean;
  readonly watchedFiles: boolean;
  readonly workDoneProgress: boolean;
  /** Read-only documents whose text the server tells (LSP 3.18). */
  readonly textDocumentContent: boolean;
  /** Edits that the server asks for, as a command does. */
  readonly applyEdit: boolean;
}

/** What a feature may ask, besides its document. */
export interface Scope {
  readonly host: Host;
  /** Without the texts of open documents, which the editor may have in another form. */
  readonly files: Pick<HostFiles, "text" | "probe">;
  readonly registry: HostRegistry;
  readonly client: ClientAbilities;
  /** The other open documents that are ours. */
  readonly views: () => readonly View[];
  /** The person at the editor. */
  readonly window: ClientWindow;
  /** Aborted when the client no longer wants the answer. */
  readonly signal: AbortSignal;
}

import {
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
} from "vscode-languageserver";
import type { OpenItem } from "./open_documents.ts";
import type { Session } from "./session.ts";
import { foldersIn } from "./workspace.ts";

/** What a server hears from another one; an editor does not say `followed`. */
export interface Opening {
  readonly textDocument: OpenItem;
  /** Whether the other one tells what is found about it: this one needs its text alone. */
  readonly followed?: boolean;
}

/** Follows what the client opens, changes and closes. */
export function serveDocuments(
  { connection, documents, push, news, reported }: Session,
): void {
  connection.onNotification(
    DidOpenTextDocumentNotification.type,
    ({ textDocument, followed }: Opening) => {
      documents.open(textDocument);
      if (followed) push.leave(textDocument.uri);
      else push.begin(textDocument.uri);
      news.tell();
    },
  );
  connection.onNotification(
    DidChangeTextDocumentNotification.type,
    ({ textDocument, contentChanges }) => {
      if (!documents.change(textDocument, contentChanges)) return;
      push.soon(textDocument.uri);
      news.tell();
    },
  );
  connection.onNotification(
    DidCloseTextDocumentNotification.type,
    ({ textDocument: { uri } }) => {
      documents.close(uri);
      reported.delete(uri);
      push.close(uri);
      news.tell();
    },
  );
}

/** Follows what changes around the documents; `refresh` asks the client to ask again. */
export function serveSurroundings(
  session: Session,
  { configure, refresh }: {
    /** Takes new settings, and answers when they hold. */
    readonly configure: (told: unknown) => Promise<void>;
    readonly refresh: () => void;
  },
): void {
  const { connection, workspace } = session;
  const again = () => {
    checkAgain(session);
    refresh();
  };
  // What is saved may be an entry or the settings that others are checked against.
  connection.onNotification(DidSaveTextDocumentNotification.type, again);
  connection.onNotification(
    DidChangeWatchedFilesNotification.type,
    ({ changes }) => {
      const own = changes.length > 0 && changes.every(({ uri }) => isKept(uri));
      if (!own) again();
    },
  );
  connection.onNotification(
    DidChangeWorkspaceFoldersNotification.type,
    ({ event: { added, removed } }) => {
      workspace.changeFolders({
        added: foldersIn(added.map(({ uri }) => uri)),
        removed: foldersIn(removed.map(({ uri }) => uri)),
      });
      again();
    },
  );
  connection.onNotification(
    DidChangeConfigurationNotification.type,
    async ({ settings }) => {
      await configure(settings);
      again();
    },
  );
}

/** Whether a file is in a folder that programs keep for themselves, where it changes often and says nothing. */
function isKept(uri: string): boolean {
  return /\/(?:\.git|\.theory|node_modules)\//.test(uri);
}

/** Something around the documents changed: all are checked again. */
export function checkAgain(
  { documents, push, workspace, news, others, closed }: Session,
): void {
  workspace.forget();
  others.forget();
  closed.forget();
  documents.recheck();
  for (const uri of documents.uris()) push.soon(uri);
  news.tell();
}

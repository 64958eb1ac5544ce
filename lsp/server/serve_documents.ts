import {
  DidChangeTextDocumentNotification,
  DidChangeWorkspaceFoldersNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
} from "vscode-languageserver";
import { filePath } from "../file_uri.ts";
import type { Session } from "./serve.ts";
import { withoutSlash } from "./workspace.ts";

/** Follows what the client opens, changes, saves and closes. */
export function serveDocuments(session: Session): void {
  const { connection, documents, push } = session;
  connection.onNotification(
    DidOpenTextDocumentNotification.type,
    ({ textDocument }) => {
      documents.open(textDocument);
      push.now(textDocument.uri);
    },
  );
  connection.onNotification(
    DidChangeTextDocumentNotification.type,
    ({ textDocument, contentChanges }) => {
      if (documents.change(textDocument, contentChanges)) {
        push.soon(textDocument.uri);
      }
    },
  );
  connection.onNotification(
    DidCloseTextDocumentNotification.type,
    ({ textDocument: { uri } }) => {
      documents.close(uri);
      push.close(uri);
    },
  );
  // What is saved may be an entry or the settings that others are checked against.
  connection.onNotification(
    DidSaveTextDocumentNotification.type,
    () => checkAgain(session),
  );
  connection.onNotification(
    DidChangeWorkspaceFoldersNotification.type,
    ({ event: { added, removed } }) => {
      const paths = (folders: readonly { readonly uri: string }[]) =>
        folders.flatMap(({ uri }) => filePath(uri) ?? []).map(withoutSlash);
      session.workspace.change({
        added: paths(added),
        removed: paths(removed),
      });
      checkAgain(session);
    },
  );
}

/** Something around the documents changed. */
export function checkAgain({ documents, push, workspace }: Session): void {
  workspace.forget();
  documents.recheck();
  for (const uri of documents.uris()) push.soon(uri);
}

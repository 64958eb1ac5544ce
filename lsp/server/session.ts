import {
  type Diagnostic as LspDiagnostic,
  type InitializeParams,
  MessageType,
  type ProtocolConnection,
} from "vscode-languageserver";
import type { Diagnostic } from "../../schemas/mod.ts";
import type { ClientWindow } from "../client_window.ts";
import { entryFile } from "../entry_file.ts";
import type { ClientAbilities } from "../feature.ts";
import type { Host } from "../host.ts";
import type { View } from "../view.ts";
import { clientAbilities } from "./client_abilities.ts";
import { ClosedDocuments } from "./closed_documents.ts";
import { clientWindow } from "./client_window.ts";
import { OtherDocuments } from "./other_documents.ts";
import { News } from "./news.ts";
import { OpenDocuments } from "./open_documents.ts";
import { Push } from "./push.ts";
import { toLsp } from "./to_lsp.ts";
import { foldersOf, Workspace } from "./workspace.ts";

/** What a run found about one version of a document. */
export interface Reported {
  readonly version: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** One client, from `initialize` on. */
export interface Session {
  readonly connection: ProtocolConnection;
  readonly host: Host;
  readonly client: ClientAbilities;
  readonly workspace: Workspace;
  readonly documents: OpenDocuments;
  readonly others: OtherDocuments;
  readonly closed: ClosedDocuments;
  readonly push: Push;
  readonly window: ClientWindow;
  readonly news: News;
  /** What runs found, by the URI of the document. */
  readonly reported: Map<string, Reported>;
  /** What is told about a document: nothing about what is none of ours. */
  readonly findings: (view: View | undefined) => LspDiagnostic[];
}

export function sessionOf(
  params: InitializeParams,
  { connection, host }: Pick<Session, "connection" | "host">,
): Session {
  const client = clientAbilities(params);
  const workspace = new Workspace(host, foldersOf(params));
  const documents = new OpenDocuments(workspace);
  const reported = new Map<string, Reported>();
  const { files } = host;
  const { watchedFiles: watched } = client;
  const others = new OtherDocuments(documents, { files, watched });
  const closed = new ClosedDocuments(workspace, { host, watched });
  const findings = findingsFor(client, { host, workspace, reported, others });
  const news = new News();
  const push = new Push({
    documents,
    findings,
    publish: (each) => {
      if (client.pullDiagnostics) return;
      connection.sendNotification("textDocument/publishDiagnostics", each)
        .catch(() => {});
    },
    monotonic: host.monotonic,
    failed: (uri, error) => {
      const message = `Cannot check "${uri}": ${String(error)}`;
      connection.sendNotification("window/logMessage", {
        type: MessageType.Error,
        message,
      }).catch(() => {});
    },
  });
  const report: ClientWindow["report"] = (view, diagnostics) => {
    const { uri, version } = view;
    reported.set(uri, { version, diagnostics });
    if (documents.version(uri) === version) push.now(uri);
    news.tell();
  };
  const window = clientWindow(connection, { client, report });
  const parts = { connection, host, client, workspace, documents, push };
  return {
    ...parts,
    window,
    news,
    findings,
    others,
    closed,
    reported,
  };
}

function ofRun(
  { uri, version }: View,
  reported: ReadonlyMap<string, Reported>,
): readonly Diagnostic[] {
  const found = reported.get(uri);
  return found?.version === version ? found.diagnostics : [];
}

function findingsFor(
  client: ClientAbilities,
  { host, workspace, reported, others }:
    & Pick<Session, "host" | "workspace" | "others">
    & { readonly reported: ReadonlyMap<string, Reported> },
): Session["findings"] {
  const docs = host.docs ?? ((code) => `theoryctl:explain/${code}`);
  const elsewhere = {
    page: (path: string) => others.page(path),
    entryFile: (view: View) => entryFileOf(view, workspace),
  };
  return (view) => {
    if (view === undefined) return [];
    others.refresh();
    const all = [...view.diagnostics, ...ofRun(view, reported)];
    const told = workspace.settings.syntax
      ? all
      : all.filter(({ code }) => code !== "ERR_SYNTAX");
    return toLsp(view, told, { client, docs, elsewhere });
  };
}

function entryFileOf(view: View, workspace: Workspace): string | undefined {
  const ref = view.kind === "inputs" ? view.checked.document?.ref : undefined;
  return ref && entryFile(ref, view, workspace.registry(view));
}

import {
  type CancellationToken,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  type FullDocumentDiagnosticReport,
  type UnchangedDocumentDiagnosticReport,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  WorkspaceDiagnosticRequest,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { cancelled } from "./answer.ts";
import { Reports } from "./reports.ts";
import type { Session } from "./session.ts";
import type { View } from "../view.ts";
import { workspaceViews } from "./workspace_views.ts";

/** Answers clients that ask for findings instead of waiting for them. */
export function servePull(session: Session): void {
  const { connection, documents } = session;
  const reports = new Reports();
  /** How much news there was when the client was told of the workspace. */
  let told = -1;
  connection.onRequest(
    DocumentDiagnosticRequest.type,
    ({ textDocument: { uri }, previousResultId }): DocumentDiagnosticReport =>
      reportOf(uri, {
        items: session.findings(documents.view(uri)),
        reports,
        previous: previousResultId ?? undefined,
      }),
  );
  connection.onRequest(
    WorkspaceDiagnosticRequest.method,
    async (
      { previousResultIds }: WorkspaceDiagnosticParams,
      token: CancellationToken,
    ) => {
      // The client asks again as soon as it is answered: one that knows everything waits for news.
      const known = previousResultIds ?? [];
      const { news } = session;
      if (known.length > 0 && news.count === told) await newsOr(session, token);
      const views = token.isCancellationRequested
        ? []
        : await workspaceViews(session);
      if (token.isCancellationRequested) {
        return cancelled(WorkspaceDiagnosticRequest.method);
      }
      told = news.count;
      return workspaceReport(session, {
        views,
        reports,
        previous: new Map(known.map(({ uri, value }) => [uri, value])),
      });
    },
  );
}

type Report = FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport;

function reportOf(
  uri: string,
  { items, reports, previous }: {
    readonly items: ReturnType<Session["findings"]>;
    readonly reports: Reports;
    readonly previous: string | undefined;
  },
): Report {
  const resultId = reports.idOf(uri, items);
  return resultId === previous
    ? { kind: "unchanged", resultId }
    : { kind: "full", resultId, items };
}

function workspaceReport(
  session: Session,
  { views, reports, previous }: {
    readonly views: readonly View[];
    readonly reports: Reports;
    readonly previous: ReadonlyMap<string, string>;
  },
): WorkspaceDiagnosticReport {
  const { documents } = session;
  const items = views.map((view): WorkspaceDocumentDiagnosticReport => {
    const { uri } = view;
    const version = documents.version(uri) ?? null;
    const known = previous.get(uri);
    const items = session.findings(view);
    return {
      ...reportOf(uri, { items, reports, previous: known }),
      uri,
      version,
    };
  });
  const there = new Set([
    ...views.map(({ uri }) => uri),
    ...documents.elsewhere(),
  ]);
  const gone = [...previous.keys()].filter((uri) => !there.has(uri))
    .map((uri): WorkspaceDocumentDiagnosticReport => ({
      uri,
      version: null,
      kind: "full",
      items: [],
    }));
  return { items: [...items, ...gone] };
}

/** Waits until something may be other than before, or the client gives up. */
function newsOr(session: Session, token: CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    session.news.next.then(resolve);
    token.onCancellationRequested(() => resolve());
  });
}

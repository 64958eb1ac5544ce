import {
  createProtocolConnection,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type RequestMessage,
  type ResponseMessage,
} from "vscode-languageserver";
import type { ClientWindow } from "../client_window.ts";
import type { ClientAbilities } from "../feature.ts";
import { FEATURES } from "../features/mod.ts";
import type { Host } from "../host.ts";
import { answerFeature, cancelled } from "./answer.ts";
import { Backlog } from "./backlog.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { clientAbilities } from "./client_abilities.ts";
import { clientWindow } from "./client_window.ts";
import { gate, type Life } from "./life.ts";
import { OpenDocuments } from "./open_documents.ts";
import { Push } from "./push.ts";
import { serveDocuments } from "./serve_documents.ts";
import { toLsp } from "./to_lsp.ts";
import type { Transport } from "./transport.ts";
import { foldersOf, type Workspace, workspaceOf } from "./workspace.ts";

/** One client, from `initialize` on. */
export interface Session {
  readonly connection: ProtocolConnection;
  readonly host: Host;
  readonly client: ClientAbilities;
  readonly workspace: Workspace;
  readonly documents: OpenDocuments;
  readonly push: Push;
  readonly window: ClientWindow;
}

/**
 * Serves one client until it says `exit` or goes away. Answers the exit code: 0 when it had said `shutdown`, else 1.
 */
export function serve(transport: Transport, host: Host): Promise<number> {
  const { reader, writer } = transport;
  const backlog = new Backlog();
  const life: Life = { state: "new" };
  const connection = createProtocolConnection(
    backlog.over(reader),
    writer,
    undefined,
    {
      messageStrategy: backlog.through(gate(life, writer)),
      connectionStrategy: {
        cancelUndispatched(message) {
          backlog.taken();
          return refused(message as RequestMessage);
        },
      },
    },
  );
  const { promise, resolve } = Promise.withResolvers<number>();
  const end = () => {
    resolve(life.state === "shut down" ? 0 : 1);
    connection.dispose();
  };
  connection.onRequest("initialize", (params: InitializeParams) => {
    life.state = "initialized";
    const session = sessionOf(params, { connection, host });
    serveFeatures(session);
    serveDocuments(session);
    connection.onRequest("shutdown", () => {
      life.state = "shut down";
      session.push.stop();
      return null;
    });
    return initialized(session);
  });
  connection.onNotification("exit", end);
  connection.onClose(end);
  connection.listen();
  return promise;
}

/** The answer to a request that is cancelled before anybody saw it. */
function refused({ jsonrpc, id, method }: RequestMessage): ResponseMessage {
  return { jsonrpc, id, error: cancelled(method).toJson() };
}

function sessionOf(
  params: InitializeParams,
  { connection, host }: Pick<Session, "connection" | "host">,
): Session {
  const client = clientAbilities(params);
  const workspace = workspaceOf(host, foldersOf(params));
  const documents = new OpenDocuments(workspace);
  const docs = host.docs ?? ((code) => `theoryctl:explain/${code}`);
  const push = new Push({
    documents,
    publish: (each) =>
      void connection.sendNotification("textDocument/publishDiagnostics", each)
        .catch(() => {}),
    tell: (view) => toLsp(view, { client, docs }),
    monotonic: host.monotonic,
  });
  const window = clientWindow(connection, { client, report: () => {} });
  return { connection, host, client, workspace, documents, push, window };
}

function initialized({ client, host }: Session): InitializeResult {
  return {
    capabilities: capabilitiesOf(FEATURES, { client, host }),
    serverInfo: { name: "theoryctl", version: host.version },
  };
}

function serveFeatures(
  { connection, host, client, workspace, documents, window }: Session,
): void {
  for (const each of FEATURES) {
    answerFeature(connection, each, {
      view: (uri) => documents.view(uri),
      scope: (signal) => ({
        host,
        client,
        signal,
        window,
        registry: workspace.registry(),
        views: () => documents.views(),
      }),
    });
  }
}

import {
  createProtocolConnection,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type RequestMessage,
  type ResponseMessage,
  type SetTraceParams,
  Trace,
} from "vscode-languageserver";
import { FEATURES } from "../features/mod.ts";
import type { Host } from "../host.ts";
import { answerFeature, cancelled } from "./answer.ts";
import { Backlog } from "./backlog.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { gate, type Life } from "./life.ts";
import { servePull } from "./pull.ts";
import { serveDocuments, serveSurroundings } from "./serve_documents.ts";
import { type Session, sessionOf } from "./session.ts";
import { configure, lookAtClient, refresher } from "./surroundings.ts";
import type { Transport } from "./transport.ts";

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
    serveSurroundings(session, {
      configure: (told) => configure(session, told),
      refresh: refresher(session, params.capabilities),
    });
    servePull(session);
    connection.onRequest("shutdown", () => {
      life.state = "shut down";
      session.push.stop();
      return null;
    });
    return initialized(session, params);
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

function initialized(
  session: Session,
  { capabilities, trace }: InitializeParams,
): InitializeResult {
  const { client, host, connection } = session;
  connection.onNotification(
    "initialized",
    () => lookAtClient(session, capabilities),
  );
  traceTo(connection, trace);
  return {
    capabilities: capabilitiesOf(FEATURES, { client, host }),
    serverInfo: { name: "theoryctl", version: host.version },
  };
}

function serveFeatures(session: Session): void {
  const { connection, host, client, workspace, documents, window } = session;
  for (const each of FEATURES) {
    answerFeature(connection, each, {
      view: (uri) => documents.view(uri),
      scope: (view, signal) => ({
        host,
        client,
        signal,
        window,
        registry: workspace.registry(view),
        views: () => documents.views(),
      }),
    });
  }
}

/** Lets the client follow the messages, as much as it asks for. */
function traceTo(connection: ProtocolConnection, first: unknown): void {
  const set = (value: unknown) =>
    connection.trace(Trace.fromString(String(value ?? "off")), {
      log(message: unknown, data?: string) {
        const verbose = data === undefined ? {} : { verbose: data };
        const params = { message: String(message), ...verbose };
        connection.sendNotification("$/logTrace", params).catch(() => {});
      },
    }).catch(() => {});
  set(first);
  connection.onNotification(
    "$/setTrace",
    ({ value }: SetTraceParams) => void set(value),
  );
}

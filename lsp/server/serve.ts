import {
  createProtocolConnection,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type RequestMessage,
  type ResponseMessage,
  type SetTraceParams,
  type TextDocumentItem,
  Trace,
} from "vscode-languageserver";
import { FEATURES } from "../features/mod.ts";
import type { Scope } from "../feature.ts";
import type { Host } from "../host.ts";
import { answerFeature, answerWorkspaceFeature, cancelled } from "./answer.ts";
import { Aside, type AsidePort } from "./aside.ts";
import { Backlog } from "./backlog.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { flushing } from "./flushing.ts";
import { gate, type Life } from "./life.ts";
import { elsewhere } from "./open_documents.ts";
import { servePull } from "./pull.ts";
import { serveDocuments, serveSurroundings } from "./serve_documents.ts";
import { type Session, sessionOf } from "./session.ts";
import { configure, lookAtClient, refresher } from "./surroundings.ts";
import { inSteps, type Step } from "./steps.ts";
import { workspacePages } from "./workspace_views.ts";
import type { Transport } from "./transport.ts";

export interface ServeOptions {
  /** Starts a second server for large documents; without it they are served like all others. */
  readonly aside?: () => AsidePort;
}

/**
 * Serves one client until it says `exit` or goes away. Answers the exit code: 0 when it had said `shutdown`, else 1.
 */
export function serve(
  transport: Transport,
  host: Host,
  { aside: start }: ServeOptions = {},
): Promise<number> {
  const life: Life = { state: "new" };
  const backlog = new Backlog();
  const writer = flushing(transport.writer);
  let session: Session | undefined;
  const handOver = (uri: string) => session && handedOver(uri, session);
  const aside = start && new Aside({
    start,
    writer,
    across: ACROSS,
    isLarge: (item) => session !== undefined && isLarge(item, session),
    handOver,
    items: () => session?.documents.items() ?? [],
    shown: (uri) => session?.push.shown(uri),
    lost: (uri) => session?.push.close(uri),
  });
  const connection = connect({ ...transport, writer }, backlog, [
    backlog.step,
    gate(life, writer),
    ...aside === undefined ? [] : [aside.step],
  ]);
  const { promise, resolve } = Promise.withResolvers<number>();
  const end = async () => {
    aside?.stop();
    await writer.flushed();
    resolve(life.state === "shut down" ? 0 : 1);
    connection.dispose();
  };
  connection.onRequest("initialize", (params: InitializeParams) => {
    life.state = "initialized";
    session = sessionOf(params, { connection, host });
    return begun(session, params);
  });
  connection.onRequest("shutdown", () => {
    life.state = "shut down";
    session?.push.stop();
    return null;
  });
  connection.onNotification("exit", end);
  connection.onClose(end);
  connection.listen();
  return promise;
}

function connect(
  { reader, writer }: Transport,
  backlog: Backlog,
  steps: readonly Step[],
): ProtocolConnection {
  return createProtocolConnection(backlog.over(reader), writer, undefined, {
    messageStrategy: inSteps(steps),
    connectionStrategy: {
      cancelUndispatched(message) {
        backlog.taken();
        return refused(message as RequestMessage);
      },
    },
  });
}

/** The answer to a request that is cancelled before anybody saw it. */
function refused({ jsonrpc, id, method }: RequestMessage): ResponseMessage {
  return { jsonrpc, id, error: cancelled(method).toJson() };
}

/** Begins to serve; answers what the client is told about it. */
function begun(
  session: Session,
  { capabilities, trace }: InitializeParams,
): InitializeResult {
  const { client, host, connection } = session;
  serveFeatures(session);
  serveDocuments(session);
  serveSurroundings(session, {
    configure: (told) => configure(session, told),
    refresh: refresher(session, capabilities),
  });
  servePull(session);
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

const ACROSS: ReadonlySet<string> = new Set(
  FEATURES.filter((each) => "answerAll" in each || each.across)
    .map(({ type }) => type.method),
);

/** UTF-16 code units from which on a document is served aside: checking one takes longer than anybody should wait. */
export const LARGE = 50_000;

/** What is none of ours takes no time, however large it is. */
function isLarge(
  item: TextDocumentItem,
  { documents }: Pick<Session, "documents">,
): boolean {
  const { text }: Partial<TextDocumentItem> = item ?? {};
  return typeof text === "string" && text.length >= LARGE &&
    documents.isOurs(item);
}

/** Milliseconds that a check may hold up everything else. */
const SLOW = 100;

/** UTF-16 code units up to which a document is checked quickly; if not, it is the machine that is slow. */
const SMALL = 10_000;

/** Gives up a document that is too large, or takes too long, to be served here. */
function handedOver(
  uri: string,
  { documents, push }: Session,
): TextDocumentItem | undefined {
  const item = documents.item(uri);
  if (item === undefined) return undefined;
  const { length } = item.text;
  if (length < SMALL) return undefined;
  if (length < LARGE && push.cost(uri) < SLOW) return undefined;
  if (!documents.isOurs(item)) return undefined;
  documents.open(elsewhere(uri));
  push.leave(uri);
  return item;
}

function serveFeatures(session: Session): void {
  const { connection, host, client, workspace, documents, window } = session;
  const files = closedFiles(session);
  for (const each of FEATURES) {
    if ("answerAll" in each) {
      answerWorkspaceFeature(connection, each, () => workspacePages(session));
      continue;
    }
    answerFeature(connection, each, {
      view: (uri) => documents.view(uri),
      scope: (view, signal) => ({
        host,
        files,
        client,
        signal,
        window,
        registry: workspace.registry(view),
        views: () => documents.views(),
      }),
    });
  }
}

/** The files, without the texts of those that are open: the editor may have other ones. */
function closedFiles(
  { host: { files }, documents }: Pick<Session, "host" | "documents">,
): Scope["files"] {
  return {
    probe: (path) => files.probe(path),
    text: (path) =>
      documents.uriOf(path) === undefined ? files.text(path) : undefined,
  };
}

/** Lets the client follow the messages, as much as it asks for. */
function traceTo(connection: ProtocolConnection, first: unknown): void {
  // The library tells of every message that it sends, those of the trace included.
  let telling = false;
  const set = (value: unknown) =>
    connection.trace(Trace.fromString(String(value ?? "off")), {
      log(message: unknown, data?: string) {
        if (telling) return;
        telling = true;
        const verbose = data === undefined ? {} : { verbose: data };
        const params = { message: String(message), ...verbose };
        connection.sendNotification("$/logTrace", params).catch(() => {});
        telling = false;
      },
    }).catch(() => {});
  set(first);
  connection.onNotification(
    "$/setTrace",
    ({ value }: SetTraceParams) => void set(value),
  );
}

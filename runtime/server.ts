import { refuseHost, refuseToken } from "./access.ts";
import { errorEnvelope } from "./envelopes.ts";
import { answerRun, envelopeResponse } from "./http_run.ts";
import type { ServerParts } from "./http_run.ts";
import { SUBPROTOCOL, subprotocolOf } from "./schemas.ts";
import { answerRunStream } from "./sse.ts";
import { serveSocket } from "./websocket.ts";

/** What a server may do besides running. */
export interface ServerHooks {
  /** `POST /shutdown` was asked for. */
  readonly onShutdown: () => void;
  /** A run is told of on a WebSocket or a stream; resolves when it was said how it ended, and all is cleaned up. */
  readonly onTalk: (over: Promise<unknown>) => void;
}

/** Answers one HTTP request of a processor's server. */
export type Answer = (request: Request) => Response | Promise<Response>;

/** Makes the routes: `/healthz`, `/run` (POST and WebSocket), `/run-stream`, `/shutdown`. */
export function createRoutes(server: ServerParts, hooks: ServerHooks): Answer {
  const { config } = server.options;
  const refuse = (status: number, text: Refused) =>
    refusal(server, status, text);
  return (request) => {
    const { pathname } = new URL(request.url);
    const host = refuseHost(request.headers, config.hostname);
    if (host) {
      return refuse(host.status, {
        code: "ERR_UNAUTHORIZED",
        message: host.message,
      });
    }
    if (pathname === "/healthz") return health(request, server);
    const token = refuseToken(request.headers, config.token);
    if (token) {
      return refuse(token.status, {
        code: "ERR_UNAUTHORIZED",
        message: token.message,
      });
    }
    if (pathname === "/run" && isUpgrade(request)) {
      return upgrade(request, server, hooks);
    }
    const answer = routes(server, hooks)[pathname];
    if (answer === undefined) return refuse(404, notFound(pathname));
    return request.method === "POST"
      ? answer(request)
      : notAllowed(server, "POST");
  };
}

function routes(
  server: ServerParts,
  { onShutdown, onTalk }: ServerHooks,
): Readonly<Record<string, Answer>> {
  return {
    "/run": (request) => answerRun(request, server),
    "/run-stream": (request) => answerRunStream(request, server, onTalk),
    "/shutdown": () => {
      onShutdown();
      return Response.json({ ok: true });
    },
  };
}

function health(request: Request, server: ServerParts) {
  if (request.method !== "GET") return notAllowed(server, "GET");
  const { digest } = server.options.config;
  const ending = endingOf(server);
  if (ending === undefined) return Response.json({ ok: true, digest });
  return Response.json({ ok: false, digest, ending }, { status: 503 });
}

/** Why it takes no new runs. */
function endingOf({ ending, host }: ServerParts): string | undefined {
  return ending.aborted ? "it was told to end" : host.retiring();
}

function isUpgrade({ method, headers }: Request): boolean {
  return method === "GET" &&
    headers.get("upgrade")?.toLowerCase() === "websocket";
}

function upgrade(
  request: Request,
  server: ServerParts,
  { onTalk }: ServerHooks,
): Response | Promise<Response> {
  const offered = request.headers.get("sec-websocket-protocol") ?? "";
  const protocol = spoken(offered, server);
  if (protocol === undefined) {
    const message =
      `Cannot speak "${offered}": expected the subprotocol ${SUBPROTOCOL}`;
    return refusal(server, 400, { code: "ERR_INPUTS", message });
  }
  const ending = protocol === SUBPROTOCOL ? undefined : endingOf(server);
  if (ending !== undefined) {
    const message =
      `Cannot take a run: the instance is ending, because ${ending}`;
    return refusal(server, 503, { code: "ERR_INSTANCE_ENDING", message });
  }
  const { socket, response } = Deno.upgradeWebSocket(request, {
    protocol,
    // On this machine a client that is gone is noticed at once; the timer of Deno's pings would outlive
    // its socket and keep a server from ending for 15 s.
    ...(isLocal(server) ? { idleTimeout: 0 } : {}),
  });
  onTalk(serveSocket(socket, server));
  return response;
}

/** The subprotocol to speak of those that were offered; who asks for a digest alone is not answered by another. */
function spoken(
  offered: string,
  { options }: ServerParts,
): string | undefined {
  const known = [subprotocolOf(options.config.digest), SUBPROTOCOL];
  const each = offered.split(",").map((text) => text.trim());
  return known.find((protocol) => each.includes(protocol));
}

function isLocal({ options }: ServerParts): boolean {
  return options.config.hostname === "127.0.0.1";
}

interface Refused {
  readonly code: string;
  readonly message: string;
}

async function refusal(
  { options }: ServerParts,
  status: number,
  error: Refused & { readonly headers?: Readonly<Record<string, string>> },
): Promise<Response> {
  const { code, message, headers } = error;
  options.log("warn", "http.refused", { status, message });
  const finished = { executionId: "", durationMs: 0 };
  const envelope = await errorEnvelope({ code, message }, finished, options);
  return await envelopeResponse({ status, envelope }, headers);
}

function notFound(pathname: string): Refused {
  const known = "/healthz, /run, /run-stream or /shutdown";
  return {
    code: "ERR_INPUTS",
    message: `Cannot find "${pathname}": expected ${known}`,
  };
}

function notAllowed(server: ServerParts, allow: string): Promise<Response> {
  const message = `Cannot use this method: expected ${allow}`;
  return refusal(server, 405, {
    code: "ERR_INPUTS",
    message,
    headers: { allow },
  });
}

/** The answer when the server itself fails. */
export function internalError(
  error: unknown,
  server: ServerParts,
): Promise<Response> {
  const stack = error instanceof Error
    ? error.stack ?? error.message
    : `${error}`;
  server.options.log("error", "server.bug", { stack });
  const message = "Cannot answer the request: see the log";
  return refusal(server, 500, { code: "ERR_INTERNAL", message });
}

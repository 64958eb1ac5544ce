import type { JsonObject } from "../../../schemas/mod.ts";
import { isObject } from "../../../schemas/mod.ts";
import type { Original } from "./original.ts";
import { healthz } from "./original.ts";
import type { Opened, Wire } from "./wires.ts";
import { WIRES } from "./wires.ts";
import { doTask } from "./task.ts";

/** Generations of protocols.md 3 whose frames or manners differ. */
export type Generation = keyof typeof WIRES;

/** The sockets of one run and how it is ended. */
interface Running {
  readonly sockets: Set<WebSocket>;
  readonly preempt: AbortController;
}

/** Starts a fake processor of a generation on a free port of 127.0.0.1. */
export function originalWebSocket(generation: Generation): Original {
  const wire: Wire = WIRES[generation];
  const [taken, refused]: [JsonObject[], JsonObject[]] = [[], []];
  const preempted = Promise.withResolvers<void>();
  const runs = new Map<string, Running>();
  const serveSocket = (socket: WebSocket) => {
    let opened: Opened | undefined;
    socket.onmessage = ({ data }) => {
      const frame: unknown = JSON.parse(String(data));
      if (!isObject(frame)) return socket.close(1002);
      if (opened !== undefined) {
        if (opened.role !== "controller" || !isPreempt(frame)) return;
        preempt(wire, runs.get(opened.id));
        return preempted.resolve();
      }
      const found = wire.open(frame);
      if (typeof found === "number") {
        refused.push(frame);
        return socket.close(found);
      }
      opened = found;
      taken.push(frame);
      socket.send(JSON.stringify(wire.ack(found.id)));
      join(runs, found, socket);
      if (found.role === "client") void run(wire, found, runs);
    };
  };
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => answer(request, wire, serveSocket),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    taken,
    refused,
    preempted: preempted.promise,
    async [Symbol.asyncDispose]() {
      for (const { preempt } of runs.values()) preempt.abort();
      await server.shutdown();
    },
  };
}

function answer(
  request: Request,
  { digest }: Wire,
  serveSocket: (socket: WebSocket) => void,
): Response {
  const { pathname } = new URL(request.url);
  if (pathname === "/healthz") return healthz(digest);
  const offered = request.headers.get("sec-websocket-protocol") ?? "";
  if (pathname !== "/run" || request.headers.get("upgrade") === null) {
    return Response.json({ detail: "Not Found" }, { status: 404 });
  }
  if (!offered.split(/, */).includes("theory.run.v1")) {
    return new Response("", { status: 403 });
  }
  const protocol = "theory.run.v1";
  const { socket, response } = Deno.upgradeWebSocket(request, { protocol });
  serveSocket(socket);
  return response;
}

function isPreempt({ kind, content }: JsonObject): boolean {
  return kind === "control" && isObject(content) && content["op"] === "preempt";
}

function join(
  runs: Map<string, Running>,
  { id }: Opened,
  socket: WebSocket,
): void {
  const known = runs.get(id) ??
    { sockets: new Set(), preempt: new AbortController() };
  known.sockets.add(socket);
  runs.set(id, known);
}

/** Everybody who is connected to the run gets its frames. */
async function run(
  wire: Wire,
  { id, inputs }: Opened,
  runs: ReadonlyMap<string, Running>,
): Promise<void> {
  const running = runs.get(id);
  if (running === undefined) return;
  const send = (frame: JsonObject) => tell(running, frame);
  send({ kind: "Event", content: { phase: "started" } });
  const { signal } = running.preempt;
  const result = await doTask(inputs, {
    token: (text) => send({ kind: "Token", content: { text } }),
    preempted: signal,
  });
  if (!signal.aborted) wire.last(id, result).forEach(send);
}

function preempt({ goesOn }: Wire, running: Running | undefined): void {
  if (running === undefined) return;
  if (!goesOn) running.preempt.abort();
  tell(running, { kind: "Event", content: { phase: "preempted" } });
}

function tell({ sockets }: Running, frame: JsonObject): void {
  for (const socket of sockets) {
    if (socket.readyState !== WebSocket.OPEN) continue;
    socket.send(JSON.stringify(frame));
  }
}

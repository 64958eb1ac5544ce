import type { RunEvent } from "../../schemas/mod.ts";
import { websocketTransport } from "../../adapters/mod.ts";
import { anyWebsocketTransport } from "../../adapters/transports/any_websocket.ts";
import { httpTransport } from "../../adapters/transports/http.ts";
import { startServer } from "../runtime/server_process.ts";
import type { HttpGeneration } from "./originals/http.ts";
import { originalHttp } from "./originals/http.ts";
import type { Original } from "./originals/original.ts";
import type { Generation } from "./originals/websocket.ts";
import { originalWebSocket } from "./originals/websocket.ts";
import { until } from "./sandbox_fixture.ts";
import { testTransport } from "./transport_conformance.ts";
import type { Processor, TransportSubject } from "./transport_subject.ts";

const HANDLER = new URL("./testdata/transports/handler.ts", import.meta.url);

/** Our own server, in a process of its own. */
async function ours(): Promise<Processor> {
  const token = "t0ken";
  const server = await startServer({ handler: HANDLER.href, token });
  const hasSettled = async () =>
    (await server.log()).some(({ event, status }) =>
      /^(ws|http)\.run\.settle$/.test(String(event)) && status === "error"
    );
  return {
    url: server.url,
    token,
    preempted: () => until(hasSettled),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const token = (text: string): RunEvent => ({
  kind: "Token",
  content: { text },
});
const phase = (phase: string): RunEvent => ({
  kind: "Event",
  content: { phase },
});
const tokens = (text: string) => ["Hel", "lo", text].map(token);
const told = (text: string) => [
  phase("started"),
  ...tokens(text),
  phase("completed"),
];

const OURS = { path: "/run", asksHealth: false, events: told, open: ours };

testTransport("websocketTransport() to our server", {
  ...OURS,
  transport: websocketTransport(),
});

testTransport("anyWebsocketTransport() to our server", {
  ...OURS,
  asksHealth: true,
  transport: anyWebsocketTransport(),
});

const OVER_HTTP = { transport: httpTransport(), asksHealth: true };

testTransport("httpTransport() to our server", {
  ...OURS,
  ...OVER_HTTP,
  events: () => [],
});

const processing: RunEvent = {
  kind: "Event",
  content: { execution_id: "R1", status: "processing", phase: "processing" },
};

testTransport("httpTransport() to the stream of our server", {
  ...OURS,
  ...OVER_HTTP,
  path: "/run-stream",
  events: (text) => [processing, ...tokens(text)],
});

const GENERATIONS: readonly Generation[] = ["G3a", "G3b", "G3c", "G3e", "G4"];

for (const generation of GENERATIONS) {
  testTransport(`anyWebsocketTransport() to a server of ${generation}`, {
    ...original(() => originalWebSocket(generation), generation < "G3e"),
    transport: anyWebsocketTransport(),
    path: "/run",
    // The oldest answer before they tell that the run is completed.
    events: (text) =>
      generation === "G3a" ? told(text).slice(0, -1) : told(text),
  });
}

const OLDER: readonly (readonly [HttpGeneration, string, boolean])[] = [
  ["G2a", "/run", false],
  ["G2a", "/run-stream", false],
  ["G2b", "/run", false],
  ["G2b", "/run-stream", true],
];

for (const [generation, path, streams] of OLDER) {
  testTransport(`httpTransport() to ${path} of a server of ${generation}`, {
    ...original(() => originalHttp(generation), true),
    ...OVER_HTTP,
    path,
    events: () => streams ? [processing] : [],
  });
}

/** `heeds`: whether the processor can be asked to end a run. */
function original(
  start: () => Original,
  heeds: boolean,
): Pick<TransportSubject, "open" | "asksHealth"> {
  return {
    asksHealth: true,
    open() {
      const { preempted, ...processor } = start();
      const heeding = { ...processor, preempted: () => preempted };
      return Promise.resolve(heeds ? heeding : processor);
    },
  };
}

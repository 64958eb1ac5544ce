import assert from "node:assert/strict";
import type { WritePrefix } from "../../schemas/mod.ts";
import { Failure, subprotocolOf } from "../../schemas/mod.ts";
import type { Line } from "../../adapters/mod.ts";
import { websocketTransport } from "../../adapters/mod.ts";
import { openLocal } from "./local_fixture.ts";

const DIGEST = "b3:1234";

function meet(port: number): Promise<Line | undefined> {
  const url = `http://127.0.0.1:${port}/run`;
  const { meet } = websocketTransport();
  return meet?.({ url, token: "t0ken", digest: DIGEST }) ??
    Promise.reject(new Error("there is no meet()"));
}

/** A server that answers every handshake in one way. */
function answering(
  answer: (request: Request) => Response,
): Deno.HttpServer<Deno.NetAddr> {
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  return Deno.serve(options, answer);
}

const STRANGERS = [
  [
    "speaks no protocol",
    (request: Request) => Deno.upgradeWebSocket(request).response,
  ],
  ["refuses the handshake", () => new Response("", { status: 503 })],
  ["knows nothing of WebSockets", () => new Response("hello")],
] as const;

for (const [what, answer] of STRANGERS) {
  Deno.test(`meet() does not take a server that ${what}`, async () => {
    await using server = answering(answer);
    assert.equal(await meet(server.addr.port), undefined);
  });
}

Deno.test("meet() does not take a server that says nothing, nor a port where nobody is", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  assert.equal(await meet(port), undefined);
  listener.close();
  assert.equal(await meet(port), undefined);
});

Deno.test("run() on a line whose server has gone is ERR_CONNECTION_LOST", async () => {
  const sockets: WebSocket[] = [];
  await using server = answering((request) => {
    const protocol = subprotocolOf(DIGEST);
    const { socket, response } = Deno.upgradeWebSocket(request, { protocol });
    sockets.push(socket);
    return response;
  });
  const line = await meet(server.addr.port);
  const [socket] = sockets;
  assert.ok(line !== undefined && socket !== undefined);
  const closed = new Promise((resolve) => socket.onclose = resolve);
  socket.close();
  await closed;
  const run = line.run({
    url: "http://127.0.0.1/run",
    executionId: "R1",
    mode: "mock",
    inputs: {},
    writePrefix: "/artifacts/outputs/x/R1/" as WritePrefix,
    timeoutS: 60,
    graceMs: 5000,
  }, { signal: new AbortController().signal, onEvent: () => {} });
  const failure = await run.then(() => undefined, (error: unknown) => error);
  assert.ok(failure instanceof Failure);
  assert.equal(failure.code, "ERR_CONNECTION_LOST");
});

Deno.test("invoke() does not ask an instance how it is that takes the connection", async () => {
  await using local = await openLocal();
  const { engine } = local.sandbox;
  const asked: string[] = [];
  await using other = await openLocal({
    sandbox: { stateDir: local.sandbox.stateDir },
    engine: {
      ...engine,
      find: (ref) => {
        asked.push(ref);
        return engine.find(ref);
      },
    },
  });
  await local.sandbox.start();
  assert.equal((await other.invoke({})).status, "success");
  assert.deepEqual(asked, []);
  assert.deepEqual(other.notes, []);
});

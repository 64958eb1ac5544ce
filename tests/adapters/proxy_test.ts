import assert from "node:assert/strict";
import { directRoad } from "../../adapters/transports/direct_road.ts";
import type { Generation } from "./originals/websocket.ts";
import { originalWebSocket } from "./originals/websocket.ts";
import { originalHttp } from "./originals/http.ts";
import type { Original } from "./originals/original.ts";

const MODULE =
  new URL("../../adapters/transports/transport_for.ts", import.meta.url).href;

/** What a program says that runs on a processor, in an environment that names a proxy where nobody is. */
async function runBehindProxy(
  protocol: "ws" | "http",
  { url }: Original,
): Promise<string> {
  const request = {
    url: `${url}/run`,
    healthUrl: `${url}/healthz`,
    executionId: "R1",
    mode: "mock",
    inputs: { schema: "v1", params: { do: "hello" } },
    writePrefix: "/artifacts/outputs/x/R1/",
    timeoutS: 60,
    graceMs: 5000,
  };
  const program = `
    import { transportFor } from "${MODULE}";
    const hooks = { signal: new AbortController().signal, onEvent() {} };
    const transport = await transportFor("${protocol}");
    const request = ${JSON.stringify(request)};
    console.log((await transport.run(request, hooks)).status);
  `;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-lock", program],
    env: { HTTP_PROXY: unusedUrl(), NO_PROXY: "" },
  }).output();
  const texts = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  return texts.join("");
}

function unusedUrl(): string {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return `http://127.0.0.1:${listener.addr.port}`;
}

Deno.test("transportFor() goes past a proxy to a processor on this machine", async () => {
  await using older = originalHttp("G2b");
  assert.equal(await runBehindProxy("http", older), "success\n");
  const generations: readonly Generation[] = ["G3b", "G4"];
  for (const generation of generations) {
    await using processor = originalWebSocket(generation);
    assert.equal(await runBehindProxy("ws", processor), "success\n");
  }
});

/** The first line of a request, by a client that goes past proxies. */
async function requestLine(
  ask: (url: string, client: Deno.HttpClient) => unknown,
): Promise<string> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${listener.addr.port}/run`;
  using road = directRoad(url);
  ask(url, road.client);
  using connection = await listener.accept();
  const bytes = new Uint8Array(4096);
  const count = await connection.read(bytes) ?? 0;
  const [line = ""] = new TextDecoder().decode(bytes.subarray(0, count))
    .split("\r\n");
  return line;
}

Deno.test("directRoad() sends requests as they are without a proxy", async () => {
  const fetched = await requestLine((url, client) =>
    void fetch(url, { client }).catch(() => {})
  );
  assert.equal(fetched, "GET /run HTTP/1.1");
  const opened = await requestLine((url, client) => {
    const socket = new WebSocket(url.replace("http", "ws"), { client });
    socket.onerror = (event) => event.preventDefault();
  });
  assert.equal(opened, "GET /run HTTP/1.1");
});

Deno.test("directRoad() tells of a server that is not there as a connection that could not be made", async () => {
  const url = unusedUrl();
  using road = directRoad(url);
  await assert.rejects(fetch(url, { client: road.client }), (error: Error) => {
    assert.match(String(error.cause), /client error \(Connect\)/);
    return true;
  });
});

Deno.test("directRoad() keeps no connection that is made when it is closed already", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const asked = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  const road = directRoad(`http://127.0.0.1:${port}`, async () => {
    asked.resolve();
    await closed.promise;
    return await Deno.connect({ port });
  });
  const { client } = road;
  const fetched = fetch(`http://127.0.0.1:${port}`, { client });
  await asked.promise;
  road[Symbol.dispose]();
  closed.resolve();
  await assert.rejects(fetched);
  using connection = await listener.accept();
  assert.equal(await connection.read(new Uint8Array(1)), null);
});

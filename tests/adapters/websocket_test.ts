import assert from "node:assert/strict";
import type { RunEvent, WritePrefix } from "../../schemas/mod.ts";
import { Failure, MAX_FRAME_BYTES } from "../../schemas/mod.ts";
import type { TransportRequest } from "../../adapters/mod.ts";
import { websocketTransport } from "../../adapters/mod.ts";
import { ACK, fakeProcessor, FINAL } from "./fake_processor.ts";

function requestTo(
  url: string,
  more: Partial<TransportRequest> = {},
): TransportRequest {
  return {
    url,
    token: "t0ken",
    executionId: "R1",
    mode: "mock",
    inputs: { schema: "v1", params: { a: 1 } },
    writePrefix: "/artifacts/outputs/x/R1/" as WritePrefix,
    timeoutS: 60,
    graceMs: 5000,
    ...more,
  };
}

function run(request: TransportRequest, controller = new AbortController()) {
  const events: RunEvent[] = [];
  const response = websocketTransport().run(request, {
    signal: controller.signal,
    onEvent: (event) => void events.push(event),
  });
  return { response, events, controller };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
  return "none";
}

Deno.test("websocketTransport() sends the request with its token and answers with the final response", async () => {
  await using processor = fakeProcessor((socket) => {
    socket.send(ACK);
    socket.send('{"kind":"Event","content":{"phase":"started","n":1}}');
    socket.send('{"kind":"Token","content":{"text":"Hi"}}');
    socket.send('{"kind":"Log","content":{"msg":"done","n":2}}');
    socket.send(FINAL);
    socket.close(1000);
  });
  const { response, events } = run(requestTo(processor.url));
  assert.deepEqual(await response, { status: "success" });
  assert.deepEqual(events, [
    { kind: "Event", content: { phase: "started", n: 1 } },
    { kind: "Token", content: { text: "Hi" } },
    { kind: "Log", content: { msg: "done", n: 2 } },
  ]);
  assert.deepEqual(processor.authorization, ["Bearer t0ken"]);
  assert.deepEqual(processor.received, [{
    kind: "Request",
    control: {
      run_id: "R1",
      mode: "mock",
      write_prefix: "/artifacts/outputs/x/R1/",
      timeout_s: 60,
      grace_s: 5,
    },
    inputs: { schema: "v1", params: { a: 1 } },
  }]);
});

Deno.test("websocketTransport() closes the socket of a server that never does", async () => {
  await using processor = fakeProcessor((socket) => socket.send(FINAL));
  assert.deepEqual(await run(requestTo(processor.url)).response, {
    status: "success",
  });
  assert.equal(await processor.closed, 1000);
});

Deno.test("websocketTransport() answers with the processor's error and its details", async () => {
  const error = { code: "ERR_X", message: "No", details: [1] };
  await using processor = fakeProcessor((socket) => {
    const control = { run_id: "R1", status: "error", final: true };
    socket.send(JSON.stringify({ kind: "Response", control, error }));
  });
  assert.deepEqual(await run(requestTo(processor.url)).response, {
    status: "error",
    error,
  });
});

Deno.test("websocketTransport() passes over a response that is not final", async () => {
  await using processor = fakeProcessor((socket) => {
    const control = { run_id: "R1", status: "success", final: false };
    socket.send(JSON.stringify({ kind: "Response", control }));
    socket.send(FINAL);
  });
  assert.deepEqual(await run(requestTo(processor.url)).response, {
    status: "success",
  });
});

const FINAL_OF = (control: unknown, error?: unknown) =>
  JSON.stringify({ kind: "Response", control, error });

const BAD_FRAMES: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> = {
  "binary data": new TextEncoder().encode(FINAL),
  "no JSON": "hello",
  "cut-off JSON": FINAL.slice(0, -1),
  "an array": "[]",
  "null": "null",
  "an unknown kind": '{"kind":"Surprise","content":{}}',
  "no kind": "{}",
  "an Ack of another run": '{"kind":"Ack","content":{"run_id":"R2"}}',
  "an Ack without content": '{"kind":"Ack"}',
  "a Token without text": '{"kind":"Token","content":{}}',
  "a Response of another run": FINAL_OF({
    run_id: "R2",
    status: "success",
    final: true,
  }),
  "a Response without control": '{"kind":"Response"}',
  "a Response of unknown status": FINAL_OF({
    run_id: "R1",
    status: "fine",
    final: true,
  }),
  "an error Response without error": FINAL_OF({
    run_id: "R1",
    status: "error",
    final: true,
  }),
  "an error that is a text": FINAL_OF({
    run_id: "R1",
    status: "error",
    final: true,
  }, "oops"),
  "an oversized frame": JSON.stringify({
    kind: "Token",
    content: { text: "x".repeat(MAX_FRAME_BYTES) },
  }),
};

for (const [what, frame] of Object.entries(BAD_FRAMES)) {
  Deno.test(`websocketTransport() reports ${what} as ERR_BAD_RESPONSE`, async () => {
    await using processor = fakeProcessor((socket) => {
      socket.send(ACK);
      socket.send(frame);
    });
    const { response } = run(requestTo(processor.url));
    assert.equal(await codeOf(response), "ERR_BAD_RESPONSE");
    await processor.closed;
  });
}

Deno.test("websocketTransport() reports a second final response as ERR_BAD_RESPONSE", async () => {
  await using processor = fakeProcessor((socket) => {
    socket.send(FINAL);
    socket.send(FINAL);
  });
  const { response } = run(requestTo(processor.url));
  assert.equal(await codeOf(response), "ERR_BAD_RESPONSE");
});

for (const code of [1000, 3002]) {
  Deno.test(`websocketTransport() reports close code ${code} without a final response as ERR_NETWORK`, async () => {
    await using processor = fakeProcessor((socket) => {
      socket.send(ACK);
      socket.close(code, "because");
    });
    const { response } = run(requestTo(processor.url));
    assert.equal(await codeOf(response), "ERR_NETWORK");
  });
}

Deno.test("websocketTransport() reports a refused connection as ERR_NETWORK", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const { response } = run(requestTo(`http://127.0.0.1:${port}/run`));
  assert.equal(await codeOf(response), "ERR_NETWORK");
});

Deno.test("websocketTransport() reports a connection reset in the middle of a run as ERR_NETWORK", async () => {
  await using relay = cuttingRelay();
  const { response } = run(requestTo(relay.url));
  assert.equal(await codeOf(response), "ERR_NETWORK");
});

const STATUSES: readonly (readonly [number, string])[] = [
  [401, "ERR_UNAUTHORIZED"],
  [403, "ERR_UNAUTHORIZED"],
  [400, "ERR_BAD_RESPONSE"],
  [404, "ERR_BAD_RESPONSE"],
  [500, "ERR_BAD_RESPONSE"],
  [200, "ERR_BAD_RESPONSE"],
];

for (const [status, code] of STATUSES) {
  Deno.test(`websocketTransport() reports HTTP status ${status} as ${code}`, async () => {
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => new Response("no", { status }),
    );
    const url = `http://127.0.0.1:${server.addr.port}/run`;
    assert.equal(await codeOf(run(requestTo(url)).response), code);
  });
}

Deno.test("websocketTransport() preempts an aborted run and waits for its final response", async () => {
  await using processor = fakeProcessor((socket, _, count) => {
    if (count === 1) return socket.send(ACK);
    const control = { run_id: "R1", status: "error", final: true };
    const error = { code: "ERR_PREEMPTED", message: "Cancelled" };
    socket.send(JSON.stringify({ kind: "Response", control, error }));
  });
  const { response, controller } = run(requestTo(processor.url));
  await received(processor.received, 1);
  controller.abort();
  assert.deepEqual(await response, {
    status: "error",
    error: { code: "ERR_PREEMPTED", message: "Cancelled" },
  });
  assert.deepEqual(processor.received[1], {
    kind: "control",
    content: { op: "preempt", reason: "cancelled" },
  });
});

Deno.test("websocketTransport() gives up a run that does not answer a cancel", async () => {
  await using processor = fakeProcessor((socket) => socket.send(ACK));
  const { response, controller } = run(
    requestTo(processor.url, { graceMs: 50 }),
  );
  await received(processor.received, 1);
  controller.abort();
  assert.equal(await codeOf(response), "ERR_PREEMPTED");
  await processor.closed;
});

Deno.test("websocketTransport() does not connect when the run is aborted before", async () => {
  await using processor = fakeProcessor(() => {});
  const controller = new AbortController();
  controller.abort();
  const { response } = run(requestTo(processor.url), controller);
  assert.equal(await codeOf(response), "ERR_PREEMPTED");
  assert.deepEqual(processor.authorization, []);
});

Deno.test("websocketTransport() reports a run that never ends as ERR_RUN_TIMEOUT", async () => {
  await using processor = fakeProcessor((socket) => socket.send(ACK));
  const { response } = run(
    requestTo(processor.url, { timeoutS: 0.05, graceMs: 50 }),
  );
  assert.equal(await codeOf(response), "ERR_RUN_TIMEOUT");
  await processor.closed;
});

Deno.test("websocketTransport() takes a timeout that is longer than timers can be", async () => {
  await using processor = fakeProcessor((socket) => socket.send(FINAL));
  const { response } = run(requestTo(processor.url, { timeoutS: 1e9 }));
  assert.deepEqual(await response, { status: "success" });
});

Deno.test("websocketTransport() refuses inputs that are larger than a frame", async () => {
  await using processor = fakeProcessor((socket) => socket.send(FINAL));
  const inputs = { text: "x".repeat(MAX_FRAME_BYTES) };
  const { response } = run(requestTo(processor.url, { inputs }));
  assert.equal(await codeOf(response), "ERR_DOCUMENT_TOO_LARGE");
  assert.deepEqual(processor.received, []);
});

Deno.test("websocketTransport() ends with what the listener of events throws", async () => {
  await using processor = fakeProcessor((socket) => {
    socket.send('{"kind":"Token","content":{"text":"Hi"}}');
  });
  const response = websocketTransport().run(requestTo(processor.url), {
    signal: new AbortController().signal,
    onEvent: () => {
      throw new RangeError("Full");
    },
  });
  await assert.rejects(response, RangeError);
  await processor.closed;
});

async function received(frames: readonly unknown[], count: number) {
  while (frames.length < count) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A server that completes the handshake and drops the connection after the first frame. */
function cuttingRelay() {
  const server = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serve = async () => {
    for await (const connection of server) {
      const buffer = new Uint8Array(4096);
      const count = await connection.read(buffer) ?? 0;
      const head = new TextDecoder().decode(buffer.subarray(0, count));
      const key = /sec-websocket-key: (.*)\r/i.exec(head)?.[1] ?? "";
      const accept = await acceptOf(key);
      await connection.write(
        new TextEncoder().encode(
          `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: theory.run.v1\r\n\r\n`,
        ),
      );
      await connection.read(buffer);
      connection.close();
    }
  };
  const done = serve();
  return {
    url: `http://127.0.0.1:${server.addr.port}/run`,
    async [Symbol.asyncDispose]() {
      server.close();
      await done;
    },
  };
}

async function acceptOf(key: string): Promise<string> {
  const text = `${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const hash = await crypto.subtle.digest(
    "SHA-1",
    new TextEncoder().encode(text),
  );
  return btoa(String.fromCharCode(...new Uint8Array(hash)));
}

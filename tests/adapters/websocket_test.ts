import assert from "node:assert/strict";
import type { RunEvent, WritePrefix } from "../../schemas/mod.ts";
import { Failure, MAX_FRAME_BYTES, SUBPROTOCOL } from "../../schemas/mod.ts";
import type { TransportRequest } from "../../adapters/mod.ts";
import { websocketTransport } from "../../adapters/mod.ts";
import { ACK, fakeProcessor, FINAL } from "./fake_processor.ts";
import { rawWebSocket } from "./raw_websocket.ts";

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

/** Close codes that a server sends after the first frame. */
const CLOSED = [
  [1001, "ERR_CONNECTION_LOST"],
  [1002, "ERR_PROTOCOL"],
  [1008, "ERR_PROTOCOL"],
  [1009, "ERR_DOCUMENT_TOO_LARGE"],
  [1011, "ERR_FINAL_MISSING"],
] as const;

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

const LONG = JSON.stringify({
  kind: "Token",
  content: { text: "x".repeat(MAX_FRAME_BYTES) },
});

/** What a processor does after its Ack, and the code of it. */
const FAULTS: Readonly<
  Record<string, readonly [string, (socket: WebSocket) => void]>
> = {
  "an oversized frame": [
    "ERR_RESPONSE_TOO_LARGE",
    (socket) => socket.send(LONG),
  ],
  "a frame that is too large to be received": [
    "ERR_RESPONSE_TOO_LARGE",
    (socket) => socket.send(LONG.repeat(2) + "x".repeat(1024)),
  ],
  "a second final response": ["ERR_FINAL_REPEATED", (socket) => {
    socket.send(FINAL);
    socket.send(FINAL);
  }],
  "an event after the final response": ["ERR_FRAME_AFTER_FINAL", (socket) => {
    socket.send(FINAL);
    socket.send('{"kind":"Token","content":{"text":"late"}}');
  }],
  "close code 1000 without a final response": [
    "ERR_FINAL_MISSING",
    (socket) => socket.close(1000),
  ],
  "a close without code and final response": [
    "ERR_FINAL_MISSING",
    (socket) => socket.close(),
  ],
  "close code 3002 without a final response": [
    "ERR_FINAL_MISSING",
    (socket) => socket.close(3002, "because"),
  ],
};

for (const [what, [code, misbehave]] of Object.entries(FAULTS)) {
  Deno.test(`websocketTransport() reports ${what} as ${code}`, async () => {
    await using processor = fakeProcessor((socket) => {
      socket.send(ACK);
      misbehave(socket);
    });
    const { response } = run(requestTo(processor.url));
    assert.equal(await codeOf(response), code);
  });
}

Deno.test("websocketTransport() reports a refused connection as ERR_NETWORK", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const { response } = run(requestTo(`http://127.0.0.1:${port}/run`));
  assert.equal(await codeOf(response), "ERR_NETWORK");
});

Deno.test("websocketTransport() reports a connection reset in the middle of a run as ERR_CONNECTION_LOST", async () => {
  await using server = rawWebSocket({ answers: SUBPROTOCOL });
  const { response } = run(requestTo(server.url));
  assert.equal(await codeOf(response), "ERR_CONNECTION_LOST");
});

for (const [code, expected] of CLOSED) {
  Deno.test(`websocketTransport() reports close code ${code} of the processor as ${expected}`, async () => {
    await using server = rawWebSocket({ answers: SUBPROTOCOL, code });
    const { response } = run(requestTo(server.url));
    assert.equal(await codeOf(response), expected);
  });
}

for (const answers of [undefined, "theory.run.v2"]) {
  Deno.test(`websocketTransport() reports ${answers ?? "no"} subprotocol as ERR_PROTOCOL`, async () => {
    await using server = rawWebSocket({ answers });
    const { response } = run(requestTo(server.url));
    assert.equal(await codeOf(response), "ERR_PROTOCOL");
  });
}

/** HTTP status of a handshake, and its code with a token and without one. */
const STATUSES = [
  [401, "ERR_UNAUTHORIZED", "ERR_UNAUTHORIZED"],
  [403, "ERR_UNAUTHORIZED", "ERR_PROTOCOL"],
  [400, "ERR_PROTOCOL", "ERR_PROTOCOL"],
  [404, "ERR_PROTOCOL", "ERR_PROTOCOL"],
  [405, "ERR_PROTOCOL", "ERR_PROTOCOL"],
  [426, "ERR_PROTOCOL", "ERR_PROTOCOL"],
  [500, "ERR_BAD_RESPONSE", "ERR_BAD_RESPONSE"],
  [200, "ERR_BAD_RESPONSE", "ERR_BAD_RESPONSE"],
] as const;

for (const [status, withToken, without] of STATUSES) {
  Deno.test(`websocketTransport() reports HTTP status ${status} as ${withToken}, without a token as ${without}`, async () => {
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => new Response("no", { status }),
    );
    const request = requestTo(`http://127.0.0.1:${server.addr.port}/run`);
    const { token: _, ...anonymous } = request;
    assert.equal(await codeOf(run(request).response), withToken);
    assert.equal(await codeOf(run(anonymous).response), without);
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

Deno.test("websocketTransport() ends a run at once, also in the middle of its grace period", async () => {
  for (const cancelled of [false, true]) {
    await using processor = fakeProcessor((socket) => socket.send(ACK));
    const [cancel, over] = [new AbortController(), new AbortController()];
    const response = websocketTransport().run(
      requestTo(processor.url, { graceMs: 2000 }),
      {
        signal: AbortSignal.any([cancel.signal, over.signal]),
        atOnce: over.signal,
        onEvent: () => {},
      },
    );
    await received(processor.received, 1);
    if (cancelled) cancel.abort();
    over.abort();
    assert.equal(await codeOf(response), "ERR_PREEMPTED");
    const content = { op: "preempt", reason: "cancelled" };
    assert.deepEqual(
      processor.received.slice(1).map(({ content }) => content),
      [
        ...cancelled ? [content] : [],
        { ...content, at_once: true },
      ],
    );
  }
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

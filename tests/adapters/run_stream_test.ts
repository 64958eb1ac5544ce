import assert from "node:assert/strict";
import { httpTransport } from "../../adapters/transports/http.ts";
import { serverSentEvents } from "../../adapters/transports/server_sent_events.ts";
import { MAX_FRAME_BYTES } from "../../schemas/mod.ts";
import { failureOf, requestOf, start } from "./transport_subject.ts";

const SUBJECT = {
  transport: httpTransport(),
  path: "/run-stream",
  asksHealth: false,
  events: () => [],
  open: () => Promise.reject(new Error("It is started by each test")),
};

const ENVELOPE = JSON.stringify({
  status: "success",
  execution_id: "R1",
  outputs: [],
  index_path: "/artifacts/outputs/x/R1/outputs.json",
  meta: {},
});

const DONE = sent("done", ENVELOPE);

function sent(event: string, data: string): string {
  return `event: ${event}\ndata: ${data}\n\n`;
}

/** Runs on a server that sends a text, and then ends the stream or, with `open`, nothing more. */
function runOn(
  text: string,
  { open = false, status = 200 }: {
    readonly open?: boolean;
    readonly status?: number;
  } = {},
) {
  const gone = Promise.withResolvers<void>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(text));
          if (!open) controller.close();
        },
        cancel: () => gone.resolve(),
      });
      const type = "text/event-stream; charset=utf-8";
      return new Response(body, { status, headers: { "content-type": type } });
    },
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  const running = start(SUBJECT, requestOf(SUBJECT, { url }, {}));
  return {
    ...running,
    gone: gone.promise,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

Deno.test("httpTransport() leaves a stream that stays open after its end", async () => {
  await using run = runOn(DONE, { open: true });
  assert.equal((await run.response).status, "success");
  await run.gone;
});

Deno.test("httpTransport() takes the error of a request that was not understood, at any status", async () => {
  const error = { code: "ERR_INPUTS", message: "Invalid JSON body" };
  const envelope = { status: "error", execution_id: "", error, meta: {} };
  const text = sent("error", JSON.stringify(envelope));
  await using run = runOn(text, { status: 400 });
  assert.deepEqual(await run.response, { status: "error", error });
});

Deno.test("httpTransport() takes the events without names of the first streams", async () => {
  const ticks = [0, 1].map((i) =>
    `data: {"event":"tick","i":${i},"execution_id":"R1"}\n\n`
  );
  await using run = runOn(`${ticks.join("")}data: ${ENVELOPE}\n\n`);
  assert.equal((await run.response).status, "success");
  assert.deepEqual(
    run.events,
    [0, 1].map((i) => ({
      kind: "Event",
      content: { event: "tick", i, execution_id: "R1", phase: "tick" },
    })),
  );
});

/** What a processor streams, and the code of it. */
const FAULTS: Readonly<Record<string, readonly [string, string]>> = {
  "an end without an envelope": [
    "ERR_FINAL_MISSING",
    sent("token", '{"text":"Hi"}'),
  ],
  "a stream of nothing": ["ERR_FINAL_MISSING", ""],
  "an end in the middle of the envelope": [
    "ERR_FINAL_MISSING",
    DONE.slice(0, -1),
  ],
  "two envelopes": ["ERR_FINAL_REPEATED", DONE + DONE],
  "events after the envelope": [
    "ERR_FRAME_AFTER_FINAL",
    DONE + sent("token", '{"text":"late"}'),
  ],
  "no JSON": ["ERR_BAD_RESPONSE", sent("done", "[DONE]")],
  "a list": ["ERR_BAD_RESPONSE", sent("done", `[${ENVELOPE}]`)],
  "an event of another name": ["ERR_BAD_RESPONSE", sent("surprise", "{}")],
  "a token without text": ["ERR_BAD_RESPONSE", sent("token", "{}")],
  "an envelope of another run": [
    "ERR_BAD_RESPONSE",
    DONE.replace('"R1"', '"R2"'),
  ],
  "an event that is too large": [
    "ERR_RESPONSE_TOO_LARGE",
    sent("token", `{"text":"${"x".repeat(MAX_FRAME_BYTES)}"}`),
  ],
  "a line that does not end": [
    "ERR_RESPONSE_TOO_LARGE",
    "x".repeat(MAX_FRAME_BYTES + 1),
  ],
};

for (const [what, [code, text]] of Object.entries(FAULTS)) {
  Deno.test(`httpTransport() reports ${what} in a stream as ${code}`, async () => {
    await using run = runOn(text);
    assert.equal(await failureOf(run.response), code);
  });
}

Deno.test("httpTransport() ends with what the listener of events throws", async () => {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () =>
      new Response(sent("token", '{"text":"Hi"}') + DONE, {
        headers: { "content-type": "text/event-stream" },
      }),
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  const response = httpTransport().run(requestOf(SUBJECT, { url }, {}), {
    signal: new AbortController().signal,
    onEvent: () => {
      throw new RangeError("Full");
    },
  });
  await assert.rejects(response, RangeError);
});

const STREAM = [
  ": a comment\n",
  "\n",
  "event: a\ndata: 1\n\n",
  "data:2\r\ndata:  3\r\n\r\n",
  "event: c\rdata: ☃\rid: 7\rretry: 5\r\r",
  "event: nothing\n\n",
  "data\n\n",
  "data: cut off",
].join("");

const EVENTS = [
  { name: "a", data: "1" },
  { name: "message", data: "2\n 3" },
  { name: "c", data: "☃" },
  { name: "message", data: "" },
];

Deno.test("serverSentEvents() takes a stream apart, wherever its pieces end", async () => {
  const bytes = new TextEncoder().encode(STREAM);
  for (let size = 1; size <= bytes.length; size++) {
    const pieces = async function* () {
      for (let at = 0; at < bytes.length; at += size) {
        yield await Promise.resolve(bytes.subarray(at, at + size));
      }
    };
    assert.deepEqual(
      await Array.fromAsync(serverSentEvents(pieces())),
      EVENTS,
      `in pieces of ${size}`,
    );
  }
});

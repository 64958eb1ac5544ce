import assert from "node:assert/strict";
import { anyWebsocketTransport } from "../../adapters/transports/any_websocket.ts";
import { readRunFrame } from "../../adapters/transports/run_open.ts";
import type { TransportRequest } from "../../adapters/mod.ts";
import type { Json, JsonObject } from "../../schemas/mod.ts";
import { Failure, isObject, MAX_FRAME_BYTES } from "../../schemas/mod.ts";
import type { Generation } from "./originals/websocket.ts";
import { originalWebSocket } from "./originals/websocket.ts";
import { rawWebSocket } from "./raw_websocket.ts";
import { endOf, failureOf, requestOf, start } from "./transport_subject.ts";

const SUBJECT = {
  transport: anyWebsocketTransport(),
  path: "/run",
  asksHealth: true,
  events: () => [],
};

function hello(url: string): TransportRequest {
  const subject = { ...SUBJECT, open: () => Promise.reject(new Error()) };
  return requestOf(subject, { url }, { do: "hello" });
}

/** What a frame is, in short. */
function formOf({ kind, content }: JsonObject): string {
  const nested = isObject(content) && content["payload"] !== undefined;
  return kind === "RunOpen" ? nested ? "nested" : "flat" : String(kind);
}

/** By generation: the forms that it refuses, and the one that it takes, with health and without. */
const TRIED: readonly (readonly [Generation, readonly string[], string[]])[] = [
  ["G3a", ["nested"], ["Request", "nested"]],
  ["G3b", ["nested"], ["Request", "nested"]],
  ["G3c", ["Request", "nested"], ["Request", "nested"]],
  ["G3e", ["Request", "nested", "flat"], ["Request", "nested", "flat"]],
  ["G4", ["Request"], ["Request"]],
];

for (const [generation, known, unknown] of TRIED) {
  Deno.test(`anyWebsocketTransport() comes to the dialect of ${generation} by health and close codes`, async () => {
    await using processor = originalWebSocket(generation);
    const request = hello(processor.url);
    assert.equal(await endOf(start(SUBJECT, request).response), "success");
    const forms = () => [...processor.refused, ...processor.taken].map(formOf);
    assert.deepEqual(forms(), known);
    processor.refused.length = processor.taken.length = 0;
    const { healthUrl: _, ...blind } = request;
    const again = { ...blind, executionId: "R2" };
    assert.equal(await endOf(start(SUBJECT, again).response), "success");
    assert.deepEqual(forms(), unknown);
  });
}

const OUTPUTS = { response: "/artifacts/R1/response.txt" };
const UPLOADS = { response: "https://store.invalid/response.txt" };

/** What the first frame of a run is in each generation. */
const SENT: Readonly<Partial<Record<Generation, JsonObject>>> = {
  G3c: {
    kind: "RunOpen",
    content: {
      role: "client",
      execution_id: "R1",
      start: true,
      payload: {
        execution_id: "R1",
        run_id: "R1",
        mode: "mock",
        inputs: { schema: "v1", params: { do: "hello" } },
        write_prefix: "/artifacts/outputs/x/R1/",
        put_urls: UPLOADS,
        outputs: UPLOADS,
      },
    },
  },
  G3e: {
    kind: "RunOpen",
    content: {
      run_id: "R1",
      mode: "mock",
      inputs: { schema: "v1", params: { do: "hello" } },
      outputs: UPLOADS,
    },
  },
  G4: {
    kind: "Request",
    control: {
      run_id: "R1",
      mode: "mock",
      write_prefix: "/artifacts/outputs/x/R1/",
      timeout_s: 60,
      grace_s: 5,
    },
    inputs: { schema: "v1", params: { do: "hello" } },
    outputs: OUTPUTS,
  },
};

for (const generation of ["G3c", "G3e", "G4"] as const) {
  Deno.test(`anyWebsocketTransport() sends ${generation} its first frame, with places for outputs`, async () => {
    await using processor = originalWebSocket(generation);
    const outputs = generation === "G4" ? OUTPUTS : UPLOADS;
    const request = { ...hello(processor.url), outputs };
    assert.equal(await endOf(start(SUBJECT, request).response), "success");
    assert.deepEqual(processor.taken, [SENT[generation]]);
  });
}

Deno.test("anyWebsocketTransport() tells no paths to servers that upload, so that they write where they do without", async () => {
  for (const generation of ["G3c", "G3e"] as const) {
    await using processor = originalWebSocket(generation);
    const request = { ...hello(processor.url), outputs: OUTPUTS };
    assert.equal(await endOf(start(SUBJECT, request).response), "success");
    assert.doesNotMatch(JSON.stringify(processor.taken), /response\.txt/);
  }
});

Deno.test("anyWebsocketTransport() answers what an older processor says of its outputs", async () => {
  await using listing = originalWebSocket("G3b");
  assert.deepEqual(await start(SUBJECT, hello(listing.url)).response, {
    status: "success",
    said: {
      outputs: [{ path: "/artifacts/outputs/x/R1/outputs/text/response.txt" }],
      meta: { env_fingerprint: "cpu:1;memory:2Gi" },
    },
  });
  await using naming = originalWebSocket("G3e");
  assert.deepEqual(await start(SUBJECT, hello(naming.url)).response, {
    status: "success",
    said: {
      outputs: { response: "world://unknown/R1/response?data=%22done%22" },
      meta: { env_fingerprint: "cpu:1;memory:2Gi" },
    },
  });
});

for (const code of [1002, 1008]) {
  Deno.test(`anyWebsocketTransport() gives up on a processor that closes every dialect with ${code}`, async () => {
    await using server = rawWebSocket({ answers: "theory.run.v1", code });
    const { healthUrl: _, ...request } = hello(server.url);
    const { response } = start(SUBJECT, request);
    assert.equal(await failureOf(response), "ERR_PROTOCOL");
  });
}

Deno.test("anyWebsocketTransport() does not try again what a processor has begun", async () => {
  const frames: string[] = [];
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => {
      const protocol = "theory.run.v1";
      const upgraded = Deno.upgradeWebSocket(request, { protocol });
      upgraded.socket.onmessage = ({ data }) => {
        frames.push(String(data));
        upgraded.socket.send('{"kind":"Ack","content":{"run_id":"R1"}}');
        upgraded.socket.close(1002);
      };
      return upgraded.response;
    },
  );
  const { healthUrl: _, ...request } = hello(
    `http://127.0.0.1:${server.addr.port}`,
  );
  const { response } = start(SUBJECT, request);
  assert.equal(await failureOf(response), "ERR_PROTOCOL");
  assert.equal(frames.length, 1);
});

Deno.test("anyWebsocketTransport() takes what answers health in a way of its own for one of the youngest", async () => {
  const forms: string[] = [];
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => {
      if (new URL(request.url).pathname === "/healthz") {
        return new Response("fine", { status: 200 });
      }
      const protocol = "theory.run.v1";
      const upgraded = Deno.upgradeWebSocket(request, { protocol });
      upgraded.socket.onmessage = ({ data }) => {
        forms.push(formOf(JSON.parse(String(data))));
        upgraded.socket.close(1000);
      };
      return upgraded.response;
    },
  );
  const request = hello(`http://127.0.0.1:${server.addr.port}`);
  const { response } = start(SUBJECT, request);
  assert.equal(await failureOf(response), "ERR_FINAL_MISSING");
  assert.deepEqual(forms, ["Request"]);
});

Deno.test("anyWebsocketTransport() does not wait out the grace period where a cancelled run is never answered", async () => {
  await using processor = originalWebSocket("G3b");
  const params = { schema: "v1", params: { do: "wait" } };
  const request = { ...hello(processor.url), inputs: params, graceMs: 1e8 };
  const { response, begun, controller } = start(SUBJECT, request);
  await begun;
  controller.abort();
  assert.equal(await failureOf(response), "ERR_PREEMPTED");
});

const result = (content: Json) =>
  JSON.stringify({ kind: "RunResult", content });

const BAD_FRAMES: Readonly<Record<string, unknown>> = {
  "binary data": new Uint8Array(3).buffer,
  "no JSON": "hello",
  "an array": "[]",
  "a Response": '{"kind":"Response","control":{"run_id":"R1"}}',
  "an Ack of another run": '{"kind":"Ack","content":{"execution_id":"R2"}}',
  "an Ack without content": '{"kind":"Ack"}',
  "a RunResult without content": '{"kind":"RunResult"}',
  "a RunResult of another run": result({
    status: "success",
    run_id: "None",
    outputs: {},
  }),
  "a RunResult of no run": result({ status: "success", outputs: [] }),
  "a success of an empty id": result({
    status: "success",
    execution_id: "",
    outputs: [],
  }),
  "a RunResult of unknown status": result({ status: "ok", run_id: "R1" }),
  "a success without outputs": result({ status: "success", run_id: "R1" }),
  "an error that is a text": result({
    status: "error",
    run_id: "R1",
    error: "oops",
  }),
};

for (const [what, frame] of Object.entries(BAD_FRAMES)) {
  Deno.test(`readRunFrame() reports ${what} as ERR_BAD_RESPONSE`, () => {
    assert.equal(codeOf(() => readRunFrame(frame, "R1")), "ERR_BAD_RESPONSE");
  });
}

Deno.test("readRunFrame() reports what is larger than a frame", () => {
  const text = "x".repeat(MAX_FRAME_BYTES);
  const frame = JSON.stringify({ kind: "Token", content: { text } });
  const read = () => readRunFrame(frame, "R1");
  assert.equal(codeOf(read), "ERR_RESPONSE_TOO_LARGE");
});

Deno.test("readRunFrame() passes over a Frame, which no processor has sent yet", () => {
  assert.deepEqual(readRunFrame('{"kind":"Frame","content":{}}', "R1"), {
    kind: "partial",
  });
});

Deno.test("readRunFrame() takes the error of a request that was not understood", () => {
  const error = { code: "ERR_INPUTS", message: "missing execution_id" };
  const frame = result({ status: "error", execution_id: "", error, meta: {} });
  assert.deepEqual(readRunFrame(frame, "R1"), {
    kind: "final",
    response: { status: "error", error },
  });
});

function codeOf(read: () => unknown): string {
  try {
    return `no failure, but ${JSON.stringify(read())}`;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

import assert from "node:assert/strict";
import { httpTransport } from "../../adapters/transports/http.ts";
import type { TransportRequest } from "../../adapters/mod.ts";
import { MAX_FRAME_BYTES } from "../../schemas/mod.ts";
import { originalHttp } from "./originals/http.ts";
import { endOf, failureOf, requestOf, start } from "./transport_subject.ts";

const SUBJECT = {
  transport: httpTransport(),
  path: "/run",
  asksHealth: false,
  events: () => [],
  open: () => Promise.reject(new Error("It is started by each test")),
};

/** Starts a server that answers every request in one way. */
function answering(
  answer: (request: Request) => Response | Promise<Response>,
): Deno.HttpServer<Deno.NetAddr> {
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  return Deno.serve(options, answer);
}

function requestTo(
  { addr }: Deno.HttpServer<Deno.NetAddr>,
  path = "/run",
): TransportRequest {
  const url = `http://127.0.0.1:${addr.port}`;
  return requestOf({ ...SUBJECT, path }, { url, token: "t0ken" }, { a: 1 });
}

const SUCCESS = {
  status: "success",
  execution_id: "R1",
  outputs: [{ path: "/artifacts/outputs/x/R1/outputs/text/response.txt" }],
  index_path: "/artifacts/outputs/x/R1/outputs.json",
  meta: { image_digest: "sha256:2" },
};

const FAILED = (code: string, execution_id = "R1") => ({
  status: "error",
  execution_id,
  error: { code, message: "No" },
  meta: {},
});

Deno.test("httpTransport() posts the request with its token, and answers what is said of outputs", async () => {
  const seen: unknown[] = [];
  await using server = answering(async (request) => {
    const { method, headers } = request;
    const names = ["authorization", "content-type"];
    seen.push(method, ...names.map((name) => headers.get(name)));
    seen.push(await request.json());
    return Response.json(SUCCESS);
  });
  assert.deepEqual(await start(SUBJECT, requestTo(server)).response, {
    status: "success",
    said: { outputs: SUCCESS.outputs, meta: SUCCESS.meta },
  });
  assert.deepEqual(seen, ["POST", "Bearer t0ken", "application/json", {
    schema: "v1",
    execution_id: "R1",
    mode: "mock",
    inputs: { schema: "v1", params: { a: 1 } },
    write_prefix: "/artifacts/outputs/x/R1/",
    timeout_s: 60,
    grace_s: 5,
  }]);
});

/** Status and envelope as protocols.md 2.3 pairs them, in both generations. */
const ENVELOPES: readonly (readonly [number, string, string?])[] = [
  [415, "ERR_INPUTS", ""],
  [400, "ERR_INPUTS", ""],
  [400, "ERR_INPUTS"],
  [200, "ERR_MISSING_SECRET"],
  [500, "ERR_MISSING_SECRET"],
  [500, "ERR_PROVIDER"],
  [404, "ERR_INPUTS", ""],
];

for (const [status, code, id] of ENVELOPES) {
  Deno.test(`httpTransport() takes an envelope of ${code} with status ${status} ${id === "" ? "of no run" : ""}`, async () => {
    const envelope = FAILED(code, id);
    await using server = answering(() => Response.json(envelope, { status }));
    assert.deepEqual(await start(SUBJECT, requestTo(server)).response, {
      status: "error",
      error: envelope.error,
    });
  });
}

/** What is no answer to a run, and the code of it. */
const FAULTS: Readonly<Record<string, readonly [string, () => Response]>> = {
  "success with status 500": [
    "ERR_PROCESSOR_HTTP",
    () => Response.json(SUCCESS, { status: 500 }),
  ],
  "status 401, with an envelope or without": [
    "ERR_UNAUTHORIZED",
    () => Response.json(FAILED("ERR_X"), { status: 401 }),
  ],
  "status 403": ["ERR_UNAUTHORIZED", () => new Response("", { status: 403 })],
  "status 404 of a server of WebSockets": [
    "ERR_PROTOCOL",
    () => Response.json({ detail: "Not Found" }, { status: 404 }),
  ],
  "status 405": ["ERR_PROTOCOL", () => new Response("", { status: 405 })],
  "status 413": [
    "ERR_DOCUMENT_TOO_LARGE",
    () => new Response("", { status: 413 }),
  ],
  "status 500 in plain text": [
    "ERR_BAD_RESPONSE",
    () => new Response("Internal Server Error", { status: 500 }),
  ],
  "a page": ["ERR_BAD_RESPONSE", () => new Response("<html>")],
  "an empty answer": ["ERR_BAD_RESPONSE", () => new Response("")],
  "a list": ["ERR_BAD_RESPONSE", () => Response.json([SUCCESS])],
  "an object that is no envelope": [
    "ERR_BAD_RESPONSE",
    () => Response.json({ ok: true }),
  ],
  "an envelope of another run": [
    "ERR_BAD_RESPONSE",
    () => Response.json({ ...SUCCESS, execution_id: "R2" }),
  ],
  "an error without a code": [
    "ERR_BAD_RESPONSE",
    () => Response.json({ ...FAILED("ERR_X"), error: "oops" }),
  ],
  "an answer that is too large": [
    "ERR_RESPONSE_TOO_LARGE",
    () => new Response("x".repeat(MAX_FRAME_BYTES + 1)),
  ],
};

for (const [what, [code, answer]] of Object.entries(FAULTS)) {
  Deno.test(`httpTransport() reports ${what} as ${code}`, async () => {
    await using server = answering(answer);
    const { response } = start(SUBJECT, requestTo(server));
    assert.equal(await failureOf(response), code);
  });
}

Deno.test("httpTransport() sends nothing to where it is redirected", async () => {
  let reached = 0;
  await using other = answering(() => {
    reached++;
    return Response.json(SUCCESS);
  });
  const location = requestTo(other).url;
  await using server = answering(() =>
    new Response(null, { status: 307, headers: { location } })
  );
  const { response } = start(SUBJECT, requestTo(server));
  assert.equal(await failureOf(response), "ERR_BAD_RESPONSE");
  assert.equal(reached, 0);
});

Deno.test("httpTransport() reports what is not HTTP as ERR_BAD_RESPONSE", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served = (async () => {
    using connection = await listener.accept();
    await connection.read(new Uint8Array(4096));
    await connection.write(new TextEncoder().encode("SSH-2.0-server\r\n\r\n"));
  })();
  const url = `http://127.0.0.1:${listener.addr.port}`;
  const { response } = start(SUBJECT, requestOf(SUBJECT, { url }, {}));
  assert.equal(await failureOf(response), "ERR_BAD_RESPONSE");
  await served;
});

Deno.test("httpTransport() asks without the stream where there is none, and once", async () => {
  await using processor = originalHttp("G2a");
  const subject = { ...SUBJECT, path: "/run-stream" };
  const request = requestOf(subject, processor, { do: "hello" });
  assert.equal(await endOf(start(subject, request).response), "success");
  assert.equal(processor.taken.length, 1);
});

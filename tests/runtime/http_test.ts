import assert from "node:assert/strict";
import { cidOf, MAX_FRAME_BYTES } from "../../schemas/mod.ts";
import type { JsonObject } from "../../schemas/mod.ts";
import { startServer, testEntry } from "./server_process.ts";

const JSON_TYPE = { "content-type": "application/json" };
const GOOD: JsonObject = {
  schema: "v1",
  execution_id: "test-123_456.789",
  ref: "test/echo@1",
  mode: null,
  inputs: { schema: "v1", params: { n: 1 } },
  write_prefix: "/artifacts/x/{execution_id}/{execution_id}",
};

function post(url: string, body: BodyInit, headers: HeadersInit = JSON_TYPE) {
  return fetch(url, { method: "POST", body, headers });
}

Deno.test("POST /run answers a complete success envelope and writes the index", async () => {
  await using server = await startServer({ handler: "handlers/echo.ts" });
  const response = await post(`${server.url}/run`, JSON.stringify(GOOD));
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/json");
  const id = "test-123_456.789";
  const prefix = `/artifacts/x/${id}/${id}/`;
  const output = async (path: string, text: string, mime: string) => {
    const bytes = new TextEncoder().encode(text);
    return {
      path: prefix + path,
      cid: await cidOf(bytes),
      size_bytes: bytes.length,
      mime,
    };
  };
  const outputs = [
    await output("frames/1.bin", '{"n":1}{"n":1}', "application/octet-stream"),
    await output("response.txt", `${id} mock test/echo@1`, "text/plain"),
    await output("usage.json", '{"n":1}', "application/json"),
  ];
  assert.deepEqual(await response.json(), {
    status: "success",
    execution_id: id,
    outputs,
    index_path: `/artifacts/execution/${id}/outputs.json`,
    meta: {
      duration_ms: 0,
      env_fingerprint:
        "image_digest=unpinned,cpu=1,memory_gb=2,timeout_s=30,snapshot=off,present_env_keys=[]",
      image_digest: "unpinned",
      mode: "mock",
      processor_ref: "test/echo@1",
    },
  });
  const index = await Deno.readTextFile(
    `${server.runsDir}/${id}/execution/${id}/outputs.json`,
  );
  assert.deepEqual(JSON.parse(index), { outputs });
});

Deno.test("POST /run answers the same bytes again for the same execution id", async () => {
  await using server = await startServer({ handler: "handlers/clock.ts" });
  const ask = async () =>
    await (await post(`${server.url}/run`, JSON.stringify(GOOD))).text();
  const first = await ask();
  assert.match(first, /"status":"success"/);
  assert.equal(await ask(), first);
});

const without = (key: string) => JSON.stringify({ ...GOOD, [key]: undefined });
const changed = (change: JsonObject) => JSON.stringify({ ...GOOD, ...change });
const ID = "test-123_456.789";

/** What is sent, its content type, and the status, code, message and execution id answered. */
const REFUSED:
  readonly (readonly [string, string, number, string, RegExp, string])[] = [
    [
      JSON.stringify(GOOD),
      "text/plain",
      415,
      "ERR_INPUTS",
      /Content-Type must be application\/json/,
      "",
    ],
    [
      JSON.stringify(GOOD),
      "",
      415,
      "ERR_INPUTS",
      /Content-Type must be application\/json/,
      "",
    ],
    ["", "application/json", 400, "ERR_INPUTS", /Invalid JSON body/, ""],
    [
      "{",
      "Application/JSON; charset=utf-8",
      400,
      "ERR_INPUTS",
      /Invalid JSON body/,
      "",
    ],
    [
      "[1]",
      "application/json",
      400,
      "ERR_INPUTS",
      /Invalid JSON body: expected an object/,
      "",
    ],
    [
      "null",
      "application/json",
      400,
      "ERR_INPUTS",
      /Invalid JSON body: expected an object/,
      "",
    ],
    [
      without("execution_id"),
      "application/json",
      400,
      "ERR_INPUTS",
      /Missing execution_id/,
      "",
    ],
    [
      changed({ execution_id: " " }),
      "application/json",
      400,
      "ERR_INPUTS",
      /Missing execution_id/,
      "",
    ],
    [
      changed({ execution_id: null }),
      "application/json",
      400,
      "ERR_INPUTS",
      /Missing execution_id/,
      "",
    ],
    [
      changed({ execution_id: "a/b" }),
      "application/json",
      400,
      "ERR_INPUTS",
      /segment of a world path/,
      "a/b",
    ],
    [
      changed({ execution_id: ".." }),
      "application/json",
      400,
      "ERR_INPUTS",
      /segment of a world path/,
      "..",
    ],
    [
      without("write_prefix"),
      "application/json",
      400,
      "ERR_INPUTS",
      /Missing write_prefix/,
      ID,
    ],
    [
      changed({ write_prefix: "/artifacts/../" }),
      "application/json",
      400,
      "ERR_DOT_SEGMENTS",
      /"\.\."/,
      ID,
    ],
    [
      changed({ mode: "smoke" }),
      "application/json",
      400,
      "ERR_INPUTS",
      /mock or real/,
      ID,
    ],
    [
      changed({ inputs: 7 }),
      "application/json",
      400,
      "ERR_INPUTS",
      /inputs/,
      ID,
    ],
    [
      changed({ mode: "real" }),
      "application/json",
      500,
      "ERR_MISSING_SECRET",
      /TEST_KEY/,
      ID,
    ],
    [
      " ".repeat(MAX_FRAME_BYTES + 1),
      "application/json",
      413,
      "ERR_INPUTS",
      /bytes/,
      "",
    ],
  ];

REFUSED.forEach(([body, type, status, code, message, id], i) => {
  Deno.test(`POST /run answers ${status} ${code} ${message} (${i + 1})`, async () => {
    const entry = testEntry(["TEST_KEY"]);
    await using server = await startServer({
      handler: "handlers/echo.ts",
      entry,
    });
    const bytes = new TextEncoder().encode(body);
    const response = await post(
      `${server.url}/run`,
      bytes,
      type === "" ? {} : { "content-type": type },
    );
    assert.equal(response.status, status);
    assert.equal(response.headers.get("content-type"), "application/json");
    const envelope = await response.json();
    assert.equal(envelope.status, "error");
    assert.equal(envelope.execution_id, id);
    assert.equal(envelope.error.code, code);
    assert.match(envelope.error.message, message);
    assert.match(envelope.meta.env_fingerprint, /^image_digest=/);
  });
});

Deno.test("POST /run answers a handler's error with 500 and no stack", async () => {
  await using server = await startServer({ handler: "handlers/throw.ts" });
  const response = await post(`${server.url}/run`, JSON.stringify(GOOD));
  assert.equal(response.status, 500);
  const { error, execution_id } = await response.json();
  assert.deepEqual(error, {
    code: "ERR_RUNTIME",
    message: "RangeError: out of range",
  });
  assert.equal(execution_id, ID);
  const line = (await server.log()).find(({ event }) =>
    event === "handler.error"
  );
  assert.match(`${line?.["stack"]}`, /at inner \(/);
});

Deno.test("POST /run-stream sends progress, the run's events and done", async () => {
  await using server = await startServer({ handler: "handlers/tell.ts" });
  const response = await post(`${server.url}/run-stream`, JSON.stringify(GOOD));
  assert.equal(response.status, 200);
  assert.equal(
    response.headers.get("content-type"),
    "text/event-stream; charset=utf-8",
  );
  assert.equal(response.headers.get("cache-control"), "no-cache");
  const events = parseEvents(await response.text());
  assert.deepEqual(events.slice(0, 5), [
    ["progress", { execution_id: ID, status: "processing" }],
    ["event", { phase: "poll", attempt: 1 }],
    ["token", { text: "Hel" }],
    ["token", { text: "lo" }],
    ["log", { msg: "a line", size: 2 }],
  ]);
  const [name, envelope] = events.at(-1) ?? [];
  assert.equal(name, "done");
  const plain = await post(`${server.url}/run`, JSON.stringify(GOOD));
  assert.deepEqual(envelope, await plain.json());
});

Deno.test("POST /run-stream answers what it cannot read with one error event", async () => {
  await using server = await startServer({ handler: "handlers/tell.ts" });
  const response = await post(`${server.url}/run-stream`, "{");
  assert.equal(response.status, 400);
  const [[name, envelope] = [], ...rest] = parseEvents(await response.text());
  assert.equal(name, "error");
  assert.equal((envelope?.["error"] as JsonObject)["code"], "ERR_INPUTS");
  assert.deepEqual(rest, []);
});

Deno.test("POST /run-stream answers a run's error as done with 200", async () => {
  await using server = await startServer({ handler: "handlers/tell.ts" });
  const response = await post(
    `${server.url}/run-stream`,
    without("write_prefix"),
  );
  assert.equal(response.status, 200);
  const [name, envelope] = parseEvents(await response.text()).at(-1) ?? [];
  assert.equal(name, "done");
  assert.equal(envelope?.["status"], "error");
});

function parseEvents(text: string): readonly (readonly [string, JsonObject])[] {
  return text.split("\n\n").filter(Boolean).map((block) => {
    const [event = "", data = ""] = block.split("\n");
    return [
      event.replace("event: ", ""),
      JSON.parse(data.replace("data: ", "")),
    ];
  });
}

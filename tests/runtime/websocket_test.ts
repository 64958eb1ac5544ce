import assert from "node:assert/strict";
import { MAX_FRAME_BYTES } from "../../schemas/mod.ts";
import type { JsonObject } from "../../schemas/mod.ts";
import { startServer } from "./server_process.ts";
import { errorOf, requestFrame, talk } from "./socket_client.ts";

Deno.test("/run sends Ack, events in order, and one final Response", async () => {
  await using server = await startServer({ handler: "handlers/tell.ts" });
  const { frames, code } = await talk(server.url, requestFrame("R1"));
  assert.equal(code, 1000);
  const log = (msg: string, level: string) => ({
    kind: "Log",
    content: { msg, level },
  });
  assert.deepEqual(frames, [
    { kind: "Ack", content: { run_id: "R1" } },
    { kind: "Event", content: { phase: "started" } },
    { kind: "Event", content: { phase: "poll", attempt: 1 } },
    { kind: "Token", content: { text: "Hel" } },
    { kind: "Token", content: { text: "lo" } },
    { kind: "Log", content: { msg: "a line", size: 2 } },
    log("printed { deep: [ 1 ] }", "info"),
    log("complained", "error"),
    log("written", "info"),
    log("by node", "info"),
    { kind: "Event", content: { phase: "completed" } },
    {
      kind: "Response",
      control: { run_id: "R1", status: "success", final: true, cost_micro: 0 },
      outputs: { response: "/artifacts/outputs/R1/response.txt" },
    },
  ]);
});

Deno.test("/run writes each kind of content below the expanded prefix", async () => {
  await using server = await startServer({ handler: "handlers/echo.ts" });
  const frame = requestFrame("R/1".replace("/", ":"), {
    write_prefix: "/artifacts/my/{execution_id}/x",
    params: { a: [1, null] },
  });
  const { last } = await talk(server.url, frame);
  assert.deepEqual(last["outputs"], {
    response: "/artifacts/my/R:1/x/response.txt",
    usage: "/artifacts/my/R:1/x/usage.json",
    frames: ["/artifacts/my/R:1/x/frames/1.bin"],
  });
  const folder = `${server.runsDir}/R%3A1`;
  const read = (path: string) =>
    Deno.readTextFile(`${folder}/my/R:1/x/${path}`);
  assert.equal(await read("response.txt"), "R:1 mock test/echo@1");
  assert.equal(await read("usage.json"), '{"a":[1,null]}');
  assert.equal(await read("frames/1.bin"), '{"a":[1,null]}'.repeat(2));
});

const REFUSED:
  readonly (readonly [string, string | Uint8Array<ArrayBuffer>, number])[] = [
    [
      "another kind",
      JSON.stringify({ kind: "RunOpen", content: { run_id: "R1" } }),
      1002,
    ],
    ["no JSON", "hello", 1002],
    ["no object", "[1]", 1002],
    ["bytes", new TextEncoder().encode(requestFrame("R1")), 1002],
    ["a blank run_id", requestFrame("  "), 1008],
    ["no control", JSON.stringify({ kind: "Request" }), 1008],
    [
      "a run_id that is no text",
      '{"kind":"Request","control":{"run_id":7}}',
      1008,
    ],
    [
      "too many bytes",
      requestFrame("R1", { params: { x: "é".repeat(MAX_FRAME_BYTES / 2) } }),
      1009,
    ],
  ];

for (const [what, first, code] of REFUSED) {
  Deno.test(`/run closes with ${code} on a first frame with ${what}`, async () => {
    await using server = await startServer({ handler: "handlers/echo.ts" });
    assert.deepEqual(await talk(server.url, first), {
      frames: [],
      last: {},
      code,
    });
    assert.equal((await talk(server.url, requestFrame("R2"))).code, 1000);
  });
}

const MISTAKES: readonly (readonly [string, JsonObject, string, RegExp])[] = [
  [
    "an unknown mode",
    { mode: "fast" },
    "ERR_INPUTS",
    /mode .*expected mock or real/,
  ],
  ["mode smoke", { mode: "smoke" }, "ERR_INPUTS", /expected mock or real/],
  ["a prefix elsewhere", { write_prefix: "/etc/" }, "ERR_BAD_FACET", /\/etc\//],
  [
    "a prefix with another template",
    { write_prefix: "/artifacts/{x}/" },
    "ERR_PREFIX_TEMPLATE",
    /\{x\}/,
  ],
  ["a timeout below 0", { timeout_s: -1 }, "ERR_INPUTS", /timeout_s/],
  ["params that are no object", { params: [] }, "ERR_INPUTS", /params/],
];

for (const [what, control, code, message] of MISTAKES) {
  Deno.test(`/run answers ${what} with ${code}`, async () => {
    await using server = await startServer({ handler: "handlers/echo.ts" });
    const conversation = await talk(server.url, requestFrame("R1", control));
    assert.deepEqual(conversation.frames.map(({ kind }) => kind), [
      "Ack",
      "Response",
    ]);
    assert.equal(errorOf(conversation)["code"], code);
    assert.match(`${errorOf(conversation)["message"]}`, message);
    assert.equal(conversation.code, 1000);
  });
}

for (const mode of [null, undefined, "MOCK"]) {
  Deno.test(`/run takes mode ${mode} as mock`, async () => {
    await using server = await startServer({ handler: "handlers/echo.ts" });
    const frame = JSON.stringify({
      kind: "Request",
      control: { run_id: "R1", mode },
    });
    assert.equal((await talk(server.url, frame)).code, 1000);
    const file = `${server.runsDir}/R1/outputs/R1/response.txt`;
    assert.equal(await Deno.readTextFile(file), "R1 mock test/echo@1");
  });
}

Deno.test("/run takes a request without inputs, as older clients send it", async () => {
  await using server = await startServer({ handler: "handlers/echo.ts" });
  const frame = {
    kind: "Request",
    control: { run_id: "R1" },
    inputs: { messages: [] },
  };
  const { last } = await talk(server.url, JSON.stringify(frame));
  assert.equal((last["control"] as JsonObject)["status"], "success");
  const file = `${server.runsDir}/R1/outputs/R1/usage.json`;
  assert.equal(await Deno.readTextFile(file), '{"messages":[]}');
});

Deno.test("/run refuses another subprotocol with 400 before the handshake", async () => {
  await using server = await startServer({ handler: "handlers/echo.ts" });
  const headers = {
    connection: "upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
  };
  for (const protocol of ["theory.run.v2", ""]) {
    const status = await handshakeStatus(server.url, {
      ...headers,
      "sec-websocket-protocol": protocol,
    });
    assert.equal(status, 400);
  }
});

/** `fetch` does not send these headers, so the request is written by hand. */
async function handshakeStatus(
  url: string,
  headers: Readonly<Record<string, string>>,
) {
  const { hostname, port } = new URL(url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const lines = Object.entries({
    host: `${hostname}:${port}`,
    "sec-websocket-key": btoa("0123456789abcdef"),
    ...headers,
  });
  const text = `GET /run HTTP/1.1\r\n${
    lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")
  }\r\n`;
  await connection.write(new TextEncoder().encode(text));
  const buffer = new Uint8Array(1000);
  const size = await connection.read(buffer) ?? 0;
  return Number(
    new TextDecoder().decode(buffer.subarray(0, size)).split(" ")[1],
  );
}

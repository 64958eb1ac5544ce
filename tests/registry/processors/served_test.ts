import assert from "node:assert/strict";
import {
  attachmentPath,
  cidOf,
  type JsonObject,
} from "../../../schemas/mod.ts";
import { checkEntry } from "../../../schemas/checker.ts";
import { startServer } from "../../runtime/server_process.ts";
import { talk } from "../../runtime/socket_client.ts";
import { startFake } from "./fake_provider.ts";

const REGISTRY = new URL("../../../registry/", import.meta.url);

const CHAT = `### POST /chat/completions
HTTP/1.1 200 OK
content-type: text/event-stream

data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"A "},"finish_reason":null}]}

data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"lighthouse"},"finish_reason":"stop"}]}

data: [DONE]

`;

const PREDICTION = `### POST /models/acme/painter/predictions
HTTP/1.1 201 Created
content-type: application/json

{"id":"p1","status":"starting"}
### GET /predictions/p1
HTTP/1.1 200 OK
content-type: application/json

{"id":"p1","status":"succeeded","output":["http://{{server}}/files/out.png"]}
### GET /files/out.png
HTTP/1.1 200 OK
content-length: 3

PNG
`;

/** The server of a shipped processor in a process of its own, as the sandbox starts it. */
async function serve(ref: string, env: Readonly<Record<string, string>>) {
  const folder = new URL(`${ref.replace("@", "/")}/`, REGISTRY);
  const name = "registry.yaml";
  const text = await Deno.readTextFile(new URL(name, folder));
  const { entry } = checkEntry({ name, text, language: "yaml" });
  const handler = (mode: string) => new URL(`${mode}.ts`, folder).href;
  return await startServer({
    ref,
    handler: handler("mock"),
    handlers: { mock: handler("mock"), real: handler("real") },
    entry: JSON.parse(JSON.stringify(entry)),
    allowNet: Object.values(env).flatMap((value) =>
      value.startsWith("http") ? [new URL(value).host] : []
    ),
    secrets: Object.keys(env),
    env,
  });
}

type Served = Awaited<ReturnType<typeof serve>>;

/** Runs a processor in `real`; answers its frames and how to read its outputs. */
async function run(server: Served, params: JsonObject) {
  const prefix = "/artifacts/outputs/test/R1/";
  const { frames, last } = await talk(
    server.url,
    JSON.stringify({
      kind: "Request",
      control: { run_id: "R1", mode: "real", write_prefix: prefix },
      inputs: { schema: "v1", params },
    }),
  );
  assert.equal(
    (last["control"] as JsonObject)["status"],
    "success",
    JSON.stringify(last),
  );
  const folder = `${server.runsDir}/R1${prefix.replace("/artifacts", "")}`;
  return { frames, read: (path: string) => Deno.readTextFile(folder + path) };
}

Deno.test("llm/litellm@1 streams a real answer through its server", async () => {
  const fake = startFake(CHAT);
  try {
    await using server = await serve("llm/litellm@1", {
      OPENAI_API_KEY: "sk-secret-key",
      LITELLM_API_BASE: `http://${fake.host}`,
    });
    const bytes = new TextEncoder().encode("PNG");
    const cid = await cidOf(bytes);
    const hex = cid.slice("b3:".length);
    await Deno.mkdir(`${server.objectsDir}/${hex.slice(0, 2)}`);
    await Deno.writeFile(
      `${server.objectsDir}/${hex.slice(0, 2)}/${hex}`,
      bytes,
    );
    const $artifact = attachmentPath(cid, "photo.png");
    const { frames, read } = await run(server, {
      messages: [{ content: [{ $artifact, cid, mime: "image/png" }] }],
    });
    const tokens = frames.filter(({ kind }) => kind === "Token")
      .map(({ content }) => (content as JsonObject)["text"]);
    assert.deepEqual(tokens, ["A ", "lighthouse"]);
    assert.equal(await read("text/response.txt"), "A lighthouse");
    const sent = new TextDecoder().decode(fake.requests[0]?.body);
    assert.match(sent, /data:image\/png;base64,UE5H/);
  } finally {
    await fake.stop();
  }
});

Deno.test("replicate/generic@1 downloads real files through its server", async () => {
  const fake = startFake(PREDICTION);
  try {
    await using server = await serve("replicate/generic@1", {
      REPLICATE_API_TOKEN: "r8-secret-token",
      REPLICATE_API_BASE: `http://${fake.host}`,
    });
    const { read } = await run(server, {
      model: "acme/painter",
      input: { prompt: "A lighthouse" },
      poll_interval_s: 0.01,
    });
    assert.equal(await read("files/0-out.png"), "PNG");
    const { output } = JSON.parse(await read("prediction.json"));
    assert.deepEqual(output, ["files/0-out.png"]);
  } finally {
    await fake.stop();
  }
});

Deno.test("replicate/generic@1 cancels its prediction when its server preempts the run", async () => {
  const [created] = PREDICTION.split("### GET");
  const fake = startFake(`${created}### POST /predictions/p1/cancel
HTTP/1.1 200 OK
content-type: application/json

{"id":"p1","status":"canceled"}
`);
  try {
    await using server = await serve("replicate/generic@1", {
      REPLICATE_API_TOKEN: "r8-secret-token",
      REPLICATE_API_BASE: `http://${fake.host}`,
    });
    const params = { model: "acme/painter", input: {}, poll_interval_s: 60 };
    const request = {
      kind: "Request",
      control: { run_id: "R1", mode: "real" },
      inputs: { schema: "v1", params },
    };
    const preempt = { kind: "control", content: { op: "preempt" } };
    const { last } = await talk(server.url, JSON.stringify(request), {
      onFrame: ({ kind, content }, socket) => {
        const starting = (content as JsonObject)?.["phase"] === "starting";
        if (kind === "Event" && starting) socket.send(JSON.stringify(preempt));
      },
    });
    assert.equal((last["error"] as JsonObject)["code"], "ERR_PREEMPTED");
    assert.deepEqual(fake.requests.map(({ line }) => line), fake.expected);
  } finally {
    await fake.stop();
  }
});

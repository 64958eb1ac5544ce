import assert from "node:assert/strict";
import { startFake } from "./fake_provider.ts";
import { type Given, runHandler } from "./run_handler.ts";

const REF = "replicate/generic@1";

const CREATED = `### POST /models/acme/painter/predictions
HTTP/1.1 201 Created
content-type: application/json

{"id":"p1","status":"starting"}
`;

const SUCCEEDED = `### POST /models/acme/painter/predictions
HTTP/1.1 201 Created
content-type: application/json

{"id":"p1","status":"succeeded","output":"ok"}
`;

const CANCELLED = `### POST /predictions/p1/cancel
HTTP/1.1 200 OK
content-type: application/json

{"id":"p1","status":"canceled"}
`;

const UPLOADED = `### POST /files
HTTP/1.1 201 Created
content-type: application/json

{"id":"f1","urls":{"get":"http://{{server}}/files/f1"}}
`;

function realRun(host: string, given: Partial<Given> = {}): Given {
  return {
    ref: REF,
    mode: "real",
    params: {
      model: "acme/painter",
      input: { prompt: "A lighthouse" },
      poll_interval_s: 0.01,
    },
    secrets: {
      REPLICATE_API_TOKEN: "r8-secret-token",
      REPLICATE_API_BASE: `http://${host}`,
    },
    net: [host],
    ...given,
  };
}

/** The bodies of a fake's requests, as text. */
function bodies(requests: readonly { readonly body: Uint8Array }[]) {
  return requests.map(({ body }) => new TextDecoder().decode(body));
}

Deno.test("replicate/generic@1 cancels the prediction when the run is aborted between polls", async () => {
  const fake = startFake(CREATED + CANCELLED);
  try {
    const { error, logs } = await runHandler(realRun(fake.host, {
      params: { model: "acme/painter", input: {}, poll_interval_s: 60 },
      onMessage: (message, abort) =>
        message.kind === "event" && message.phase === "starting" && abort(),
    }));
    assert.equal(error?.message, "Error: Run was cancelled");
    assert.deepEqual(logs, ["prediction cancelled"]);
    assert.deepEqual(fake.requests.map(({ line }) => line), fake.expected);
  } finally {
    await fake.stop();
  }
});

Deno.test("replicate/generic@1 cancels the prediction when the run is aborted in the middle of a poll", async () => {
  const hanging = "### GET /predictions/p1\nHTTP/1.1 200 OK\n\n{{hang}}\n";
  const fake = startFake(CREATED + hanging + CANCELLED);
  try {
    let abortRun = () => {};
    const running = runHandler(realRun(fake.host, {
      onMessage: (_, abort) => abortRun = abort,
    }));
    while (fake.requests.length < 2) await new Promise((r) => setTimeout(r, 5));
    abortRun();
    const { error } = await running;
    assert.equal(error?.message, "Error: Run was cancelled");
    assert.deepEqual(fake.requests.map(({ line }) => line), fake.expected);
  } finally {
    await fake.stop();
  }
});

Deno.test("replicate/generic@1 tells when the prediction could not be cancelled", async () => {
  const refused = CANCELLED.replace("200 OK", "500 Internal Server Error");
  const fake = startFake(CREATED + refused);
  try {
    const { error, logs } = await runHandler(realRun(fake.host, {
      params: { model: "acme/painter", input: {}, poll_interval_s: 60 },
      onMessage: (message, abort) =>
        message.kind === "event" && message.phase === "starting" && abort(),
    }));
    assert.equal(error?.message, "Error: Run was cancelled");
    assert.deepEqual(logs, ["prediction could not be cancelled"]);
  } finally {
    await fake.stop();
  }
});

Deno.test("replicate/generic@1 sends small attachments in the request", async () => {
  const fake = startFake(SUCCEEDED);
  try {
    const input = {
      image: { $attach: "cat.png" },
      nested: [{ again: { $attach: "cat.png" } }],
    };
    const { error, outputs } = await runHandler(realRun(fake.host, {
      params: { model: "acme/painter", input },
      files: { "cat.png": new TextEncoder().encode("PNG") },
    }));
    assert.equal(error, undefined);
    const url = "data:image/png;base64,UE5H";
    assert.deepEqual(JSON.parse(bodies(fake.requests)[0] ?? ""), {
      input: { image: url, nested: [{ again: url }] },
    });
    const record = new TextDecoder().decode(outputs.get("prediction.json"));
    assert.match(record, /\/artifacts\/inputs\/b3:[0-9a-f]{64}\/cat\.png/);
    assert.doesNotMatch(record, /data:/);
  } finally {
    await fake.stop();
  }
});

Deno.test("replicate/generic@1 uploads large attachments once", async () => {
  const fake = startFake(UPLOADED + SUCCEEDED);
  try {
    const bytes = new Uint8Array(300 * 1024).fill(65);
    const { error, phases } = await runHandler(realRun(fake.host, {
      params: {
        model: "acme/painter",
        input: { a: { $attach: "big.png" }, b: { $attach: "big.png" } },
      },
      files: { "big.png": bytes },
    }));
    assert.equal(error, undefined);
    assert.deepEqual(phases, ["uploading", "succeeded"]);
    const [upload = "", request = ""] = bodies(fake.requests);
    assert.match(upload, /name="content"; filename="big\.png"/);
    assert.match(upload, /Content-Type: image\/png\r\n\r\nA{300000}/);
    const url = `http://${fake.host}/files/f1`;
    assert.deepEqual(JSON.parse(request), { input: { a: url, b: url } });
  } finally {
    await fake.stop();
  }
});

Deno.test("replicate/generic@1 sends its token to the provider alone", async () => {
  const other = startFake("");
  const output = JSON.stringify({
    id: "p1",
    status: "succeeded",
    output: `http://${other.host}/x.png`,
  });
  const fake = startFake(
    `### POST /models/acme/painter/predictions\nHTTP/1.1 201 Created\n\n${output}\n`,
  );
  try {
    const { error, logs } = await runHandler(
      realRun(fake.host, { net: [fake.host, other.host] }),
    );
    assert.equal(error, undefined);
    assert.deepEqual(logs, ["not downloaded: the URL is of another host"]);
    assert.deepEqual(other.requests, []);
    const { headers } = fake.requests[0] ?? {};
    assert.equal(headers?.get("authorization"), "Bearer r8-secret-token");
  } finally {
    await fake.stop();
    await other.stop();
  }
});

Deno.test("replicate/generic@1 asks api.replicate.com when there is no REPLICATE_API_BASE", async () => {
  const { error } = await runHandler(realRun("", {
    secrets: { REPLICATE_API_TOKEN: "t" },
    net: [],
  }));
  assert.match(error?.message ?? "", /NotCapable.*api\.replicate\.com:443/);
});

Deno.test("replicate/generic@1 refuses a REPLICATE_API_BASE that is no plain URL", async () => {
  const secrets = { REPLICATE_API_TOKEN: "t", REPLICATE_API_BASE: "ftp://x" };
  const { error } = await runHandler(realRun("", { secrets, net: [] }));
  assert.deepEqual(error, {
    code: "ERR_VALIDATION",
    message:
      "Cannot use REPLICATE_API_BASE: it is not an http:// or https:// URL",
  });
});

Deno.test("replicate/generic@1 needs a token that is not blank", async () => {
  const secrets = { REPLICATE_API_TOKEN: " " };
  const { error } = await runHandler(realRun("", { secrets, net: [] }));
  assert.equal(error?.code, "ERR_MISSING_SECRET");
});

import assert from "node:assert/strict";
import { startServer, testEntry } from "./server_process.ts";
import type { ServerProcess } from "./server_process.ts";
import { errorOf, requestFrame, talk } from "./socket_client.ts";

const SECRET = 'pa"ss/wörd+1';
const FORMS = [SECRET, 'pa\\"ss/wörd+1', encodeURIComponent(SECRET)];

function startLeaky() {
  return startServer({
    handler: "handlers/leak.ts",
    entry: testEntry(["TEST_KEY"]),
    secrets: ["TEST_KEY"],
    env: { TEST_KEY: SECRET, TEST_OTHER: "not declared" },
  });
}

Deno.test("secret values appear in no frame, error or log line", async () => {
  await using server = await startServer({
    handler: "handlers/leak.ts",
    entry: testEntry(["TEST_KEY"]),
    secrets: ["TEST_KEY"],
    env: { TEST_KEY: "s3cr3t-value/1+2" },
  });
  const frame = requestFrame("R1", { mode: "real", params: { fail: true } });
  const conversation = await talk(server.url, frame);
  assert.deepEqual(errorOf(conversation), {
    code: "ERR_PROVIDER",
    message: "refused ***",
    details: { key: "***" },
  });
  assert.deepEqual(
    conversation.frames.slice(2, 6).map(({ content }) => content),
    [
      { text: "token ***" },
      { "***": ["***"], phase: "step" },
      { auth: "***", msg: "log ***" },
      { level: "info", msg: 'printed {"secret":"***"}' },
    ],
  );
  const all = JSON.stringify([conversation.frames, await server.log()]);
  for (
    const form of [
      "s3cr3t-value/1+2",
      btoa("s3cr3t-value/1+2"),
      encodeURIComponent("s3cr3t-value/1+2"),
    ]
  ) {
    assert.ok(!all.includes(form), form);
  }
});

Deno.test("secret values are hidden in envelopes and events over HTTP as well", async () => {
  await using server = await startLeaky();
  for (const path of ["/run", "/run-stream"]) {
    const body = {
      execution_id: "E1",
      mode: "real",
      write_prefix: "/artifacts/x/",
      inputs: { params: { fail: true } },
    };
    const headers = { "content-type": "application/json" };
    const response = await fetch(server.url + path, {
      method: "POST",
      body: JSON.stringify(body),
      headers,
    });
    const text = await response.text();
    assert.match(text, /refused \*\*\*/);
    assert.match(text, /present_env_keys=\[TEST_KEY\]/);
    for (const form of FORMS) assert.ok(!text.includes(form), form);
  }
});

Deno.test("a real run reads the secrets it declares alone, and changes them for itself alone", async () => {
  await using server = await startLeaky();
  for (const id of ["R1", "R2"]) {
    await talk(server.url, requestFrame(id, { mode: "real" }));
    assert.deepEqual(JSON.parse(await output(server, id, "usage.json")), {
      deno: true,
      process: true,
      undeclared: null,
      all: ["TEST_KEY"],
    });
    assert.equal(await output(server, id, "response.txt"), "changed");
  }
});

Deno.test("a mock run has no secret, even one that the server holds", async () => {
  await using server = await startLeaky();
  const conversation = await talk(server.url, requestFrame("R1"));
  assert.deepEqual(conversation.frames[2]?.["content"], { text: "token none" });
  assert.equal(errorOf(conversation)["code"], "ERR_HERMETIC");
});

Deno.test("a real run without a required secret is refused by name", async () => {
  await using server = await startServer({
    handler: "handlers/leak.ts",
    entry: testEntry(["TEST_KEY"]),
    secrets: ["TEST_KEY"],
  });
  const conversation = await talk(
    server.url,
    requestFrame("R1", { mode: "real" }),
  );
  assert.deepEqual(errorOf(conversation), {
    code: "ERR_MISSING_SECRET",
    message: 'Cannot run "test/echo@1" in real: TEST_KEY missing',
  });
});

Deno.test("a real run reaches the hosts that are allowed alone", async () => {
  const target = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("reached"),
  );
  const { port } = target.addr;
  const start = (allowNet: readonly string[]) =>
    startServer({ handler: "handlers/reach.ts", allowNet });
  await using open = await start([`127.0.0.1:${port}`]);
  await using shut = await start(["example.com"]);
  const params = { url: `http://127.0.0.1:${port}/` };
  await talk(open.url, requestFrame("R1", { mode: "real", params }));
  assert.equal(await output(open, "R1", "response.txt"), "reached");
  const refused = await talk(
    shut.url,
    requestFrame("R1", { mode: "real", params }),
  );
  assert.deepEqual(errorOf(refused), {
    code: "ERR_HERMETIC",
    message:
      `Cannot use net access to "127.0.0.1:${port}": the entry does not declare it`,
  });
  const mock = await talk(open.url, requestFrame("R2", { params }));
  assert.equal(errorOf(mock)["code"], "ERR_HERMETIC");
  await target.shutdown();
});

function output(
  server: ServerProcess,
  id: string,
  name: string,
): Promise<string> {
  return Deno.readTextFile(`${server.runsDir}/${id}/outputs/${id}/${name}`);
}

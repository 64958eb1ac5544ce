import assert from "node:assert/strict";
import type { ServerProcess } from "./server_process.ts";
import { startServer } from "./server_process.ts";
import { errorOf, requestFrame, talk } from "./socket_client.ts";

const PREEMPT = JSON.stringify({
  kind: "control",
  content: { op: "preempt", reason: "test" },
});

for (const handler of ["obey", "spin"]) {
  Deno.test(`preempt ends the handler ${handler} with a final ERR_PREEMPTED`, async () => {
    await using server = await startServer({
      handler: `handlers/${handler}.ts`,
    });
    const conversation = await talk(server.url, requestFrame("R1"), {
      onFrame: (frame, socket) =>
        frame["kind"] === "Token" && socket.send(PREEMPT),
    });
    assert.deepEqual(errorOf(conversation), {
      code: "ERR_PREEMPTED",
      message: "Cannot finish the run: it was cancelled",
    });
    assert.equal(conversation.code, 1000);
  });

  Deno.test(`timeout_s ends the handler ${handler} with ERR_RUN_TIMEOUT`, async () => {
    await using server = await startServer({
      handler: `handlers/${handler}.ts`,
    });
    const frame = requestFrame("R1", { timeout_s: 0.2 });
    const conversation = await talk(server.url, frame);
    assert.deepEqual(errorOf(conversation), {
      code: "ERR_RUN_TIMEOUT",
      message: "Cannot finish the run: it took longer than 0.2 s",
    });
    assert.equal(conversation.code, 1000);
  });

  Deno.test(`a client that leaves cancels the handler ${handler}`, async () => {
    await using server = await startServer({
      handler: `handlers/${handler}.ts`,
    });
    await talk(server.url, requestFrame("R1"), {
      onFrame: (frame, socket) => frame["kind"] === "Token" && socket.close(),
    });
    await settled(server, "R1", "ws.run.settle");
  });
}

Deno.test("a run whose client left is free again, and can be timed out", async () => {
  await using server = await startServer({ handler: "handlers/obey.ts" });
  await talk(server.url, requestFrame("R1"), {
    onFrame: (frame, socket) => frame["kind"] === "Token" && socket.close(),
  });
  await settled(server, "R1", "ws.run.settle");
  const again = await talk(server.url, requestFrame("R1", { timeout_s: 0.1 }));
  assert.equal(errorOf(again)["code"], "ERR_RUN_TIMEOUT");
});

Deno.test("the folder of a run whose client left is removed", async () => {
  await using server = await startServer({ handler: "handlers/mixed.ts" });
  const params = { do: "write" };
  await talk(server.url, requestFrame("R1", { params }), {
    onFrame: (frame, socket) => frame["kind"] === "Token" && socket.close(3000),
  });
  await settled(server, "R1", "run.discarded");
  const again = await talk(server.url, requestFrame("R2", { params: {} }));
  assert.equal(again.code, 1000);
  const names = [...Deno.readDirSync(server.runsDir)].map(({ name }) => name);
  assert.deepEqual(names.filter((name) => !name.startsWith(".")), ["R2"]);
});

Deno.test("an aborted handler learns why and may still tell", async () => {
  await using server = await startServer({ handler: "handlers/obey.ts" });
  const { frames } = await talk(
    server.url,
    requestFrame("R1", { timeout_s: 0.2 }),
  );
  const told = frames.find(({ kind }) => kind === "Log")?.["content"];
  assert.deepEqual(told, {
    msg: "aborted: Cannot finish the run: it took longer than 0.2 s",
  });
});

Deno.test("control frames of another kind and op are ignored", async () => {
  await using server = await startServer({ handler: "handlers/obey.ts" });
  const conversation = await talk(server.url, requestFrame("R1"), {
    onFrame(frame, socket) {
      if (frame["kind"] !== "Token") return;
      socket.send('{"kind":"control","content":{"op":"pause"}}');
      socket.send('{"kind":"else"}');
      socket.send(PREEMPT);
    },
  });
  assert.equal(errorOf(conversation)["code"], "ERR_PREEMPTED");
});

Deno.test("a frame that is no JSON after the first closes with 1002 and cancels", async () => {
  await using server = await startServer({ handler: "handlers/obey.ts" });
  const { code } = await talk(server.url, requestFrame("R1"), {
    onFrame: (frame, socket) => frame["kind"] === "Token" && socket.send("?"),
  });
  assert.equal(code, 1002);
  await settled(server, "R1", "ws.run.settle");
});

Deno.test("a POST /run whose client leaves is cancelled", async () => {
  await using server = await startServer({ handler: "handlers/obey.ts" });
  const abort = new AbortController();
  const body = JSON.stringify({
    execution_id: "E1",
    write_prefix: "/artifacts/x/",
  });
  const headers = { "content-type": "application/json" };
  const asked = fetch(`${server.url}/run`, {
    method: "POST",
    body,
    headers,
    signal: abort.signal,
  });
  await settled(server, "E1", "http.run.start");
  abort.abort();
  await assert.rejects(asked);
  await settled(server, "E1", "http.run.settle");
});

Deno.test("a run id in use is refused, and free again afterwards", async () => {
  await using server = await startServer({ handler: "handlers/obey.ts" });
  const second = Promise.withResolvers<unknown>();
  const first = await talk(server.url, requestFrame("R1"), {
    async onFrame(frame, socket) {
      if (frame["kind"] !== "Token") return;
      second.resolve(errorOf(await talk(server.url, requestFrame("R1"))));
      socket.send(PREEMPT);
    },
  });
  assert.deepEqual(await second.promise, {
    code: "ERR_INPUTS",
    message: 'Cannot start run "R1": a run of that id is going on',
  });
  assert.equal(errorOf(first)["code"], "ERR_PREEMPTED");
  const third = await talk(server.url, requestFrame("R1", { timeout_s: 0.1 }));
  assert.equal(errorOf(third)["code"], "ERR_RUN_TIMEOUT");
});

/** Waits until the log has an event of a run. */
async function settled(server: ServerProcess, id: string, event: string) {
  for (;;) {
    const lines = await server.log();
    if (
      lines.some((line) =>
        line["event"] === event && line["execution_id"] === id
      )
    ) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

import assert from "node:assert/strict";
import type { JsonObject } from "../../schemas/mod.ts";
import {
  type ServerProcess,
  startServer,
  testEntry,
} from "./server_process.ts";
import { errorOf, requestFrame, talk } from "./socket_client.ts";

const PREEMPT = '{"kind":"control","content":{"op":"preempt"}}';
const AT_ONCE = '{"kind":"control","content":{"op":"preempt","at_once":true}}';

/** A run of the handler that does what it is told; preempted as soon as it goes on, or when `until` says. */
function run(
  server: ServerProcess,
  [id, what]: readonly [string, string],
  until: Promise<unknown> = Promise.resolve(),
) {
  const frame = requestFrame(id, { params: { do: what }, grace_s: 0.2 });
  const begun = Promise.withResolvers<void>();
  const done = talk(server.url, frame, {
    async onFrame({ kind }, socket) {
      if (kind !== "Token") return;
      begun.resolve();
      await until;
      socket.send(PREEMPT);
    },
  });
  return { begun: begun.promise, done };
}

async function health(server: ServerProcess): Promise<JsonObject> {
  const response = await fetch(`${server.url}/healthz`);
  return { status: response.status, ...await response.json() };
}

Deno.test("a server whose handler cannot be stopped ends by itself", async () => {
  await using server = await startServer({ handler: "handlers/mixed.ts" });
  const conversation = await run(server, ["R1", "spin"]).done;
  assert.equal(errorOf(conversation)["code"], "ERR_PREEMPTED");
  assert.equal(conversation.code, 1000);
  assert.equal((await server.status).code, 0);
  const events = (await server.log()).map(({ event }) => event);
  assert.ok(events.includes("handler.stuck"));
  assert.ok(!events.includes("server.bug"));
});

Deno.test("a server that is about to end takes no new runs and lets the others end", async () => {
  await using server = await startServer({ handler: "handlers/mixed.ts" });
  const release = Promise.withResolvers<void>();
  const other = run(server, ["R1", "wait"], release.promise);
  await other.begun;
  await run(server, ["R2", "spin"]).done;
  const refused = await talk(server.url, requestFrame("R3"));
  assert.equal(errorOf(refused)["code"], "ERR_INSTANCE_ENDING");
  assert.deepEqual(await health(server), {
    status: 503,
    ok: false,
    digest: "sha256:test",
    ending: 'the handler of run "R2" could not be stopped',
  });
  release.resolve();
  assert.equal(errorOf(await other.done)["code"], "ERR_PREEMPTED");
  assert.equal((await server.status).code, 0);
});

Deno.test("a run that uses up the memory ends all runs with ERR_OUT_OF_MEMORY, and the server", async () => {
  const runtime = { cpu: 1, memoryGb: 0.25, timeoutS: 60, gpu: null };
  await using server = await startServer({
    handler: "handlers/mixed.ts",
    entry: { ...testEntry(), runtime },
  });
  const never = new Promise(() => {});
  const other = run(server, ["R1", "wait"], never);
  await other.begun;
  const hoarder = run(server, ["R2", "hoard"], never);
  for (const conversation of await Promise.all([other.done, hoarder.done])) {
    assert.deepEqual(errorOf(conversation), {
      code: "ERR_OUT_OF_MEMORY",
      message:
        "Cannot finish the run: its instance used more than 256 MiB of memory",
    });
  }
  assert.equal((await server.status).code, 0);
});

/** The end of a run with a long grace period, which gets control frames as soon as it goes on. */
async function endBy(
  server: ServerProcess,
  what: string,
  frames: readonly string[],
): Promise<unknown> {
  const frame = requestFrame(what, { params: { do: what }, grace_s: 3 });
  const conversation = await talk(server.url, frame, {
    onFrame({ kind }, socket) {
      if (kind === "Token") frames.forEach((each) => socket.send(each));
    },
  });
  return errorOf(conversation)["code"];
}

for (const frames of [[AT_ONCE], [PREEMPT, AT_ONCE]]) {
  Deno.test(
    `a preempt at once does not wait for a handler that ignores it, ${
      frames.length === 1 ? "from the first" : "any longer"
    }`,
    async () => {
      await using server = await startServer({ handler: "handlers/mixed.ts" });
      assert.equal(await endBy(server, "ignore", frames), "ERR_PREEMPTED");
      const next = await talk(server.url, requestFrame("R2"));
      assert.deepEqual(errorOf(next), {});
    },
  );
}

Deno.test("a handler that must stop at once, and cannot be stopped, ends the others and the server", async () => {
  await using server = await startServer({ handler: "handlers/mixed.ts" });
  const other = run(server, ["R1", "ignore"], new Promise(() => {}));
  await other.begun;
  assert.equal(await endBy(server, "spin", [AT_ONCE]), "ERR_PREEMPTED");
  assert.deepEqual(errorOf(await other.done), {
    code: "ERR_INSTANCE_ENDING",
    message:
      'Cannot finish the run: its instance ends, because the handler of run "spin" could not be stopped',
  });
  assert.equal((await server.status).code, 0);
});

Deno.test("POST /shutdown ends runs with ERR_PREEMPTED before it closes their sockets", async () => {
  await using server = await startServer({ handler: "handlers/mixed.ts" });
  const never = new Promise(() => {});
  const runs = [
    run(server, ["R1", "wait"], never),
    run(server, ["R2", "spin"], never),
  ];
  await Promise.all(runs.map(({ begun }) => begun));
  await (await fetch(`${server.url}/shutdown`, { method: "POST" })).body
    ?.cancel();
  for (const { done } of runs) {
    const conversation = await done;
    assert.equal(errorOf(conversation)["code"], "ERR_PREEMPTED");
    assert.equal(conversation.code, 1000);
  }
  assert.equal((await server.status).code, 0);
  const events = (await server.log()).map(({ event }) => event);
  assert.ok(!events.includes("server.bug"));
});

Deno.test("grace_s is the time that a stopped handler has to return", async () => {
  await using server = await startServer({ handler: "handlers/mixed.ts" });
  const params = { do: "wait" };
  const frame = requestFrame("R1", { params, timeout_s: 0.1, grace_s: 30 });
  assert.equal(
    errorOf(await talk(server.url, frame))["code"],
    "ERR_RUN_TIMEOUT",
  );
  const wrong = await talk(server.url, requestFrame("R2", { grace_s: "x" }));
  assert.equal(errorOf(wrong)["code"], "ERR_INPUTS");
});

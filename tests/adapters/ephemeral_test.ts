import assert from "node:assert/strict";
import { join } from "node:path";
import { Failure } from "../../schemas/mod.ts";
import { websocketTransport } from "../../adapters/mod.ts";
import {
  openSandbox,
  processesOf,
  requestTo,
  until,
} from "./sandbox_fixture.ts";
import type { Sandbox } from "./sandbox_fixture.ts";
import { treeOf } from "./local_fixture.ts";

const NEVER = new AbortController().signal;

function open({ engine, processor }: Sandbox, signal = NEVER) {
  return engine.ephemeral({ processor, waitMs: 30_000, signal });
}

function hooks() {
  return { signal: NEVER, onEvent: () => {} };
}

async function runsOf({ stateDir }: Sandbox): Promise<readonly string[]> {
  return await treeOf(join(stateDir, "runs"));
}

Deno.test("ephemeral() serves a run, and end() leaves no process and no file", async () => {
  await using sandbox = await openSandbox();
  const server = await open(sandbox);
  const response = await websocketTransport()
    .run(requestTo(server, { name: "Ada" }), hooks());
  assert.equal(response.status, "success");
  assert.equal((await processesOf(sandbox.root)).length, 1);
  await server.end();
  assert.deepEqual(await processesOf(sandbox.root), []);
  assert.deepEqual(await runsOf(sandbox), []);
  assert.deepEqual(await sandbox.engine.list(), []);
});

Deno.test("ephemeral() refuses callers without its token", async () => {
  await using sandbox = await openSandbox();
  const server = await open(sandbox);
  const stranger = requestTo({ url: server.url, token: "guess" }, {});
  await assert.rejects(
    websocketTransport().run(stranger, hooks()),
    (error) => error instanceof Failure && error.code === "ERR_UNAUTHORIZED",
  );
  await server.end();
});

Deno.test("ephemeral() has no secret, no network and no environment of the command", async () => {
  Deno.env.set("DEMO_KEY", "sk-very-secret");
  await using sandbox = await openSandbox();
  const server = await open(sandbox);
  const [pid] = await processesOf(sandbox.root);
  const environ = await Deno.readTextFile(`/proc/${pid}/environ`);
  const cmdline = await Deno.readTextFile(`/proc/${pid}/cmdline`);
  await server.end();
  Deno.env.delete("DEMO_KEY");
  for (const text of [environ, cmdline]) {
    assert.ok(!text.includes("very-secret"));
    assert.ok(!text.includes(server.token));
  }
  const net = cmdline.split("\0").filter((flag) =>
    /^--allow-(net|env|run|ffi|sys|all)|^-A/.test(flag)
  );
  assert.deepEqual(net, ["--allow-net=127.0.0.1:0"]);
});

Deno.test("end() ends a server in the middle of a run that never stops", async () => {
  await using sandbox = await openSandbox();
  const server = await open(sandbox);
  const begun = Promise.withResolvers<void>();
  const running = websocketTransport().run(requestTo(server, { do: "spin" }), {
    signal: NEVER,
    onEvent: ({ kind }) => kind === "Token" && begun.resolve(),
  }).catch((error: Failure) => error.code);
  await begun.promise;
  await server.end();
  await running;
  assert.deepEqual(await processesOf(sandbox.root), []);
  assert.deepEqual(await runsOf(sandbox), []);
});

Deno.test("end() is no error when the server has died", async () => {
  await using sandbox = await openSandbox();
  const server = await open(sandbox);
  const [pid] = await processesOf(sandbox.root);
  Deno.kill(Number(pid), "SIGKILL");
  await until(async () => (await processesOf(sandbox.root)).length === 0);
  await server.end();
  assert.deepEqual(await runsOf(sandbox), []);
});

Deno.test("end() kills a server that does not end", async () => {
  const module = new URL("./testdata/servers/stubborn.ts", import.meta.url);
  await using sandbox = await openSandbox({
    serverModule: module.href,
    permissions: ({ runsDir }) => ({
      flags: ["-A", `--location=http://localhost${runsDir}`],
    }),
  });
  const server = await open(sandbox);
  await server.end();
  assert.deepEqual(await processesOf(sandbox.root), []);
});

for (const signal of ["SIGKILL", "SIGTERM", "SIGINT"] as const) {
  Deno.test(`ephemeral() leaves no process and no file when its parent gets ${signal} in the middle of a run`, async () => {
    await using sandbox = await openSandbox();
    const script = new URL("./ephemeral_process.ts", import.meta.url).href;
    const parent = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", script, sandbox.stateDir, sandbox.processor.dir],
      stdout: "piped",
    }).spawn();
    const reader = parent.stdout.getReader();
    assert.equal(
      new TextDecoder().decode((await reader.read()).value),
      "running\n",
    );
    assert.equal((await processesOf(sandbox.root)).length, 2);
    parent.kill(signal);
    await parent.status;
    await reader.cancel();
    await until(async () => (await processesOf(sandbox.root)).length === 0);
    assert.deepEqual(await runsOf(sandbox), []);
  });
}

Deno.test("ephemeral() reports an aborted start, and leaves nothing", async () => {
  await using sandbox = await openSandbox();
  const controller = new AbortController();
  const starting = open(sandbox, controller.signal);
  controller.abort();
  await assert.rejects(
    starting,
    (error) => error instanceof Failure && error.code === "ERR_INTERRUPTED",
  );
  assert.deepEqual(await processesOf(sandbox.root), []);
  assert.deepEqual(await runsOf(sandbox), []);
});

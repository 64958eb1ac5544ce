import assert from "node:assert/strict";
import { join } from "node:path";
import {
  codeOf,
  failureOf,
  isAlive,
  openSandbox,
  processesOf,
  until,
  withServer,
} from "./sandbox_fixture.ts";

const REF = "demo/hello@1";

function post(url: string, token?: string): Promise<Response> {
  const headers = token === undefined
    ? undefined
    : { authorization: `Bearer ${token}` };
  return fetch(url, { method: "POST", ...(headers ? { headers } : {}) });
}

Deno.test("start() answers an instance that is healthy, and find() and list() know it", async () => {
  await using sandbox = await openSandbox();
  const instance = await sandbox.start();
  assert.equal(instance.alreadyRunning, false);
  assert.deepEqual(instance.secrets, ["DEMO_KEY"]);
  assert.equal(instance.startedAt, "2026-01-31T12:00:00.000Z");
  assert.equal(await sandbox.engine.digest(sandbox.processor), instance.digest);
  const found = await sandbox.engine.find(REF);
  assert.deepEqual(found, {
    instance: { ...instance, alreadyRunning: true },
    state: "running",
  });
  assert.deepEqual(await sandbox.engine.list(), [found]);
});

Deno.test("start() answers the instance that runs already", async () => {
  await using sandbox = await openSandbox();
  const first = await sandbox.start();
  const second = await sandbox.start();
  assert.deepEqual(second, { ...first, alreadyRunning: true });
});

Deno.test("start() from ten processes at once yields one instance", async () => {
  await using sandbox = await openSandbox();
  const script = new URL("./start_process.ts", import.meta.url).href;
  const answers = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", script, sandbox.stateDir, sandbox.processor.dir],
      }).output();
      const text = new TextDecoder().decode(stdout);
      assert.notEqual(text, "", new TextDecoder().decode(stderr));
      return JSON.parse(text);
    }),
  );
  assert.equal(new Set(answers.map(({ pid }) => pid)).size, 1);
  assert.equal(new Set(answers.map(({ token }) => token)).size, 1);
  const fresh = answers.filter(({ alreadyRunning }) => !alreadyRunning);
  assert.equal(fresh.length, 1);
  // It outlived the process that started it, in a session of its own.
  const [{ pid }] = fresh;
  const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
  assert.equal(stat.split(") ")[1]?.split(" ")[3], `${pid}`);
  assert.equal((await sandbox.engine.find(REF))?.state, "running");
});

Deno.test("start() replaces an instance that has died, and find() calls it stale before", async () => {
  await using sandbox = await openSandbox();
  const dead = await sandbox.start();
  Deno.kill(dead.pid, "SIGKILL");
  await until(async () => !await isAlive(dead.pid));
  assert.equal((await sandbox.engine.find(REF))?.state, "stale");
  const next = await sandbox.start();
  assert.equal(next.alreadyRunning, false);
  assert.notEqual(next.pid, dead.pid);
  assert.equal((await sandbox.engine.find(REF))?.state, "running");
});

Deno.test("start() refuses an instance whose processor was changed since", async () => {
  await using sandbox = await openSandbox();
  const { hint } = await sandbox.start().then(async () => {
    const file = join(sandbox.processor.dir, "handler.ts");
    await Deno.writeTextFile(file, "\n// changed\n", { append: true });
    return await failureOf(sandbox.start());
  });
  assert.match(hint ?? "", /localctl stop --ref demo\/hello@1/);
  assert.equal(await codeOf(sandbox.start()), "ERR_IMAGE_DRIFT");
  await sandbox.engine.stop(REF);
  assert.equal((await sandbox.start()).alreadyRunning, false);
});

Deno.test("start() listens on the port it is given, and reports one in use as ERR_PORT", async () => {
  await using sandbox = await openSandbox();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  assert.equal(await codeOf(sandbox.start({ port })), "ERR_PORT");
  assert.equal(await sandbox.engine.find(REF), undefined);
  listener.close();
  assert.equal((await sandbox.start({ port })).port, port);
});

Deno.test("start() reports a port that HTTP clients do not use as ERR_PORT", async () => {
  await using sandbox = await openSandbox();
  assert.equal(await codeOf(sandbox.start({ port: 6000 })), "ERR_PORT");
  assert.deepEqual(await processesOf(sandbox.root), []);
});

Deno.test("start() reports a Deno that is not there as ERR_ENGINE_UNAVAILABLE", async () => {
  await using sandbox = await openSandbox({ denoCommand: "/none/deno" });
  assert.equal(await codeOf(sandbox.start()), "ERR_ENGINE_UNAVAILABLE");
});

Deno.test("start() reports an entry without a handler as ERR_ENGINE_UNAVAILABLE", async () => {
  await using sandbox = await openSandbox();
  const { handler: _, ...entry } = sandbox.processor.entry;
  const processor = { ...sandbox.processor, entry };
  assert.equal(
    await codeOf(sandbox.start({ processor })),
    "ERR_ENGINE_UNAVAILABLE",
  );
});

Deno.test("start() gives an interrupted start up", async () => {
  await using sandbox = await openSandbox(withServer("never_ready.ts"));
  const controller = new AbortController();
  const starting = sandbox.start({ signal: controller.signal });
  setTimeout(() => controller.abort(), 200);
  assert.equal(await codeOf(starting), "ERR_INTERRUPTED");
});

Deno.test("start() reports a server that is not ready in time and ends it", async () => {
  await using sandbox = await openSandbox(withServer("never_ready.ts"));
  const starting = codeOf(sandbox.start({ waitMs: 1000 }));
  await until(async () => (await processesOf(sandbox.root)).length > 0);
  assert.equal(await starting, "ERR_START_TIMEOUT");
  assert.deepEqual(await processesOf(sandbox.root), []);
});

Deno.test("start() tells what a server said that ended early, without the secrets in it", async () => {
  await using sandbox = await openSandbox(withServer("dies.ts"));
  const failure = await failureOf(sandbox.start());
  assert.equal(failure.code, "ERR_START");
  assert.match(
    failure.message,
    /exit code 3 .*error: cannot go on with \*\*\*/,
  );
  assert.deepEqual(failure.details, {
    log: ["warming up", "error: cannot go on with ***"],
  });
  assert.equal(await sandbox.engine.find(REF), undefined);
});

Deno.test("start() does not take a server that runs something else", async () => {
  await using sandbox = await openSandbox(withServer("other_health.ts"));
  assert.equal(await codeOf(sandbox.start()), "ERR_START");
});

Deno.test("start() reports a server that listens and never answers as ERR_READY_TIMEOUT", async () => {
  await using sandbox = await openSandbox(withServer("mute.ts"));
  assert.equal(
    await codeOf(sandbox.start({ waitMs: 1000 })),
    "ERR_READY_TIMEOUT",
  );
  assert.equal(await sandbox.engine.find(REF), undefined);
});

Deno.test("start() gives the server named secrets alone, and not in its arguments, record or log", async () => {
  Deno.env.set("SANDBOX_TEST_UNNAMED", "unnamed-value");
  await using sandbox = await openSandbox();
  const { pid, token } = await sandbox.start();
  const environ = await Deno.readTextFile(`/proc/${pid}/environ`);
  assert.match(environ, /DEMO_KEY=sk-very-secret/);
  assert.doesNotMatch(environ, /unnamed-value/);
  const cmdline = await Deno.readTextFile(`/proc/${pid}/cmdline`);
  for (const text of [environ, cmdline]) assert.ok(!text.includes(token));
  assert.ok(!cmdline.includes("sk-very-secret"));
  for (const text of await textsIn(join(sandbox.stateDir, "instances"))) {
    assert.ok(!text.includes("sk-very-secret"));
  }
});

Deno.test("start() keeps records, logs and runs to the user", async () => {
  await using sandbox = await openSandbox();
  const { runsDir } = await sandbox.start();
  const dir = join(sandbox.stateDir, "instances");
  for (const folder of [sandbox.stateDir, dir, runsDir]) {
    assert.equal(await modeOf(folder), 0o700, folder);
  }
  for await (const { name } of Deno.readDir(dir)) {
    assert.equal(await modeOf(join(dir, name)), 0o600, name);
  }
});

Deno.test("start() makes an instance that refuses callers without its token", async () => {
  await using sandbox = await openSandbox();
  const { url } = await sandbox.start();
  for (const path of ["/run", "/run-stream", "/shutdown"]) {
    for (const token of [undefined, "wrong"]) {
      const response = await post(new URL(path, url).href, token);
      await response.body?.cancel();
      assert.equal(response.status, 401, `${path} ${token}`);
    }
  }
  assert.equal((await sandbox.engine.find(REF))?.state, "running");
});

Deno.test("start() tells refs apart that have the same slug", async () => {
  await using sandbox = await openSandbox();
  const at = (ref: string) => ({
    ...sandbox.processor,
    entry: { ...sandbox.processor.entry, ref },
  });
  const [one, two] = await Promise.all([
    sandbox.start({ processor: at("a-b/c@1") }),
    sandbox.start({ processor: at("a/b-c@1") }),
  ]);
  assert.notEqual(one.pid, two.pid);
  const refs = (await sandbox.engine.list()).map(({ instance }) =>
    instance.ref
  );
  assert.deepEqual(refs, ["a-b/c@1", "a/b-c@1"]);
});

async function modeOf(path: string): Promise<number> {
  return ((await Deno.stat(path)).mode ?? 0) & 0o777;
}

async function textsIn(dir: string): Promise<readonly string[]> {
  const entries = await Array.fromAsync(Deno.readDir(dir));
  return await Promise.all(
    entries.map(({ name }) => Deno.readTextFile(join(dir, name))),
  );
}

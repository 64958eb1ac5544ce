import assert from "node:assert/strict";
import { join } from "node:path";
import { Failure } from "../../schemas/mod.ts";
import type { TransportResponse } from "../../adapters/mod.ts";
import { websocketTransport } from "../../adapters/mod.ts";
import {
  codeOf,
  isAlive,
  openSandbox,
  requestTo,
  until,
  withServer,
} from "./sandbox_fixture.ts";

const REF = "demo/hello@1";

Deno.test("stop() ends an instance and removes what it left, its log excepted", async () => {
  await using sandbox = await openSandbox();
  const { pid, runsDir } = await sandbox.start();
  assert.equal(await sandbox.engine.stop(REF), true);
  await until(async () => !await isAlive(pid));
  assert.equal(await sandbox.engine.find(REF), undefined);
  await assert.rejects(Deno.stat(runsDir), Deno.errors.NotFound);
  assert.equal(await sandbox.engine.stop(REF), false);
});

Deno.test("stop() answers that there was none for a ref that was never started", async () => {
  await using sandbox = await openSandbox();
  assert.equal(await sandbox.engine.stop("../../etc@1"), false);
});

Deno.test("stop() ends an instance while its handler never stops", async () => {
  await using sandbox = await openSandbox();
  const instance = await sandbox.start();
  const begun = Promise.withResolvers<void>();
  const running = codeOf(
    websocketTransport().run(
      requestTo(instance, { do: "spin" }),
      {
        signal: new AbortController().signal,
        onEvent: ({ kind }) => kind === "Token" && begun.resolve(),
      },
    ).then(throwError),
  );
  await begun.promise;
  assert.equal(await sandbox.engine.stop(REF), true);
  assert.match(await running, /^ERR_(PREEMPTED|NETWORK)$/);
  await until(async () => !await isAlive(instance.pid));
});

Deno.test("stop() kills an instance that does not answer", async () => {
  await using sandbox = await openSandbox();
  const { pid } = await sandbox.start();
  Deno.kill(pid, "SIGSTOP");
  assert.equal(await sandbox.engine.stop(REF), true);
  await until(async () => !await isAlive(pid));
});

Deno.test("stop() kills an instance that takes no shutdown", async () => {
  await using sandbox = await openSandbox(withServer("stubborn.ts"));
  const { pid } = await sandbox.start();
  assert.equal(await sandbox.engine.stop(REF), true);
  await until(async () => !await isAlive(pid));
});

Deno.test("stop() without permission to kill names the process that does not answer", async () => {
  await using sandbox = await openSandbox();
  const { pid } = await sandbox.start();
  Deno.kill(pid, "SIGSTOP");
  const script = new URL("./stop_process.ts", import.meta.url).href;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-env",
      "--allow-net=127.0.0.1",
      `--allow-read`,
      `--allow-write=${sandbox.stateDir}`,
      "--allow-run=deno",
      script,
      sandbox.stateDir,
    ],
  }).output();
  const failure = JSON.parse(new TextDecoder().decode(stdout));
  assert.equal(failure.code, "ERR_STOP");
  assert.ok(failure.message.includes(`${pid}`));
  Deno.kill(pid, "SIGCONT");
});

Deno.test("stop() leaves the process alone that has the id of a dead instance now", async () => {
  await using sandbox = await openSandbox();
  const { pid } = await sandbox.start();
  const file = join(sandbox.stateDir, "instances", "demo~hello@1.json");
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const record = JSON.parse(await Deno.readTextFile(file));
  const url = `http://127.0.0.1:${port}`;
  // Somebody listens there who never answers, and the id is that of this test.
  const other = { ...record, port, url, pid: Deno.pid };
  await Deno.writeTextFile(file, JSON.stringify(other));
  assert.equal(await codeOf(sandbox.engine.stop(REF)), "ERR_STOP");
  listener.close();
  await Deno.writeTextFile(file, JSON.stringify(record));
  assert.ok(await isAlive(pid));
});

Deno.test("list() passes over a record that cannot be read", async () => {
  await using sandbox = await openSandbox();
  await sandbox.start();
  const dir = join(sandbox.stateDir, "instances");
  await Deno.writeTextFile(join(dir, "broken.json"), '{"ref":');
  await Deno.writeTextFile(join(dir, "other.json"), '{"ref":"a/b@1"}');
  assert.equal((await sandbox.engine.list()).length, 1);
});

/** An error response as a failure. */
function throwError(response: TransportResponse): void {
  if (response.status === "success") return;
  throw new Failure(response.error.code, response.error.message);
}

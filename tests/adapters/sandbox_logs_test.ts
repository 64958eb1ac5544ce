import assert from "node:assert/strict";
import { join } from "node:path";
import { Failure } from "../../schemas/mod.ts";
import type { LogOptions } from "../../adapters/mod.ts";
import { websocketTransport } from "../../adapters/mod.ts";
import { openSandbox, requestTo } from "./sandbox_fixture.ts";
import type { Sandbox } from "./sandbox_fixture.ts";

const REF = "demo/hello@1";
const NEVER = new AbortController().signal;

function linesOf({ engine }: Sandbox, options: Partial<LogOptions> = {}) {
  return engine.logs(REF, { follow: false, signal: NEVER, ...options });
}

async function all(sandbox: Sandbox, options: Partial<LogOptions> = {}) {
  return await Array.fromAsync(linesOf(sandbox, options));
}

/** A log as a server would have left it, without one. */
async function withLog(sandbox: Sandbox, text: string): Promise<string> {
  const dir = join(sandbox.stateDir, "instances");
  await Deno.mkdir(dir, { recursive: true });
  const path = join(dir, "demo~hello@1.log");
  await Deno.writeTextFile(path, text);
  return path;
}

function line(n: number, ts: string): string {
  return JSON.stringify({ ts, level: "info", event: `e${n}` });
}

const LINES = [
  line(1, "2026-01-31T10:00:00.000Z"),
  line(2, "2026-01-31T11:00:00.000Z"),
  line(3, "2026-01-31T12:00:00.000Z"),
];

Deno.test("logs() shows what the instance wrote, each line JSON", async () => {
  await using sandbox = await openSandbox();
  await sandbox.start();
  const records = (await all(sandbox)).map((each) => JSON.parse(each));
  assert.equal(records[0].event, "server.start");
  assert.equal(records[0].ref, REF);
});

Deno.test("logs() shows the log of an instance that was stopped, and of a new one its own", async () => {
  await using sandbox = await openSandbox();
  const first = await sandbox.start();
  await sandbox.engine.stop(REF);
  const ended = (await all(sandbox)).map((each) => JSON.parse(each).event);
  assert.deepEqual([ended[0], ended.at(-1)], ["server.start", "server.stop"]);
  const second = await sandbox.start();
  const [begun] = await all(sandbox);
  assert.notEqual(second.port, first.port);
  assert.equal(JSON.parse(begun ?? "").port, second.port);
});

Deno.test("logs() reports a ref that was never started as ERR_NOT_RUNNING", async () => {
  await using sandbox = await openSandbox();
  await assert.rejects(
    all(sandbox),
    (error) => error instanceof Failure && error.code === "ERR_NOT_RUNNING",
  );
});

Deno.test("logs() shows the last lines with tail", async () => {
  await using sandbox = await openSandbox();
  await withLog(sandbox, `${LINES.join("\n")}\n`);
  assert.deepEqual(await all(sandbox, { tail: 2 }), LINES.slice(1));
  assert.deepEqual(await all(sandbox, { tail: 0 }), []);
  assert.deepEqual(await all(sandbox, { tail: 10 }), LINES);
});

Deno.test("logs() leaves out what is before since, and keeps lines without a time", async () => {
  await using sandbox = await openSandbox();
  await withLog(sandbox, `${LINES.join("\n")}\nno JSON\n`);
  const since = "2026-01-31T12:00:00+01:00";
  assert.deepEqual(await all(sandbox, { since }), [
    ...LINES.slice(1),
    "no JSON",
  ]);
  assert.deepEqual(await all(sandbox, { since, tail: 2 }), [
    LINES[2],
    "no JSON",
  ]);
});

Deno.test("logs() shows a last line without an end", async () => {
  await using sandbox = await openSandbox();
  await withLog(sandbox, `${LINES[0]}\n${LINES[1]}`);
  assert.deepEqual(await all(sandbox), LINES.slice(0, 2));
  assert.deepEqual(await all(sandbox, { tail: 1 }), [LINES[1]]);
});

Deno.test("logs() shows characters that lie across two reads", async () => {
  await using sandbox = await openSandbox();
  const text = `${"é".repeat(100_001)}x${"日本".repeat(50_000)}`;
  await withLog(sandbox, `${text}\n`);
  assert.deepEqual(await all(sandbox), [text]);
});

Deno.test("logs() follows a log until the instance ends", async () => {
  await using sandbox = await openSandbox();
  const instance = await sandbox.start();
  const events: string[] = [];
  for await (const each of linesOf(sandbox, { follow: true })) {
    const { event } = JSON.parse(each);
    events.push(event);
    if (event === "server.start") {
      const request = requestTo(instance, {});
      await websocketTransport()
        .run(request, { signal: NEVER, onEvent: () => {} });
    }
    if (event === "ws.run.settle") await sandbox.engine.stop(REF);
  }
  assert.ok(events.includes("ws.run.settle"));
  assert.equal(events.at(-1), "server.stop");
});

Deno.test("logs() follows a log until it is aborted", async () => {
  await using sandbox = await openSandbox();
  await sandbox.start();
  const controller = new AbortController();
  const seen: string[] = [];
  const options = { follow: true, signal: controller.signal };
  for await (const each of linesOf(sandbox, options)) {
    seen.push(each);
    setTimeout(() => controller.abort(), 300);
  }
  assert.ok(seen.length > 0);
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { treeOf } from "../adapters/local_fixture.ts";
import { until } from "../adapters/sandbox_fixture.ts";
import { type Ground, openGround, processesOf } from "./kill_loop/ground.ts";
import { ordinary, ordinaryRun, runArgs } from "./kill_loop/play.ts";
import { envelopeOf, type Printed } from "./theory.ts";

const REF = ["--ref", "demo/loop@1", "--registry", "registry"];

/** A command that goes on. */
interface Going {
  readonly child: Deno.ChildProcess;
  readonly printed: Promise<Printed>;
}

async function begin(
  args: readonly string[],
  ground: Ground,
  { closeStdin = true } = {},
): Promise<Going> {
  const child = ground.command(args);
  if (closeStdin) await child.stdin.close();
  const printed = child.output().then(({ code, stdout, stderr }) => ({
    code,
    stdout: new TextDecoder().decode(stdout),
    stderr: new TextDecoder().decode(stderr),
  }));
  return { child, printed };
}

async function names(ground: Ground, dir: string): Promise<readonly string[]> {
  return await treeOf(join(ground.dir, dir)).catch(() => []);
}

/** Waits until a folder holds a name of that kind. */
async function appears(ground: Ground, dir: string, kind: RegExp) {
  await until(async () =>
    (await names(ground, dir)).some((name) => kind.test(name))
  );
}

/** Nothing of a run is left in the state folder, nor where it saves. */
async function nothingLeft(ground: Ground): Promise<void> {
  await until(async () => (await processesOf(ground.stateDir)).length === 0);
  assert.deepEqual(await names(ground, "state/runs"), []);
  assert.deepEqual(await names(ground, "state/artifacts/tmp"), []);
  const saved = await names(ground, "saved");
  assert.deepEqual(saved.filter((name) => name.includes(".save-")), []);
}

for (
  const [signal, exit] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const
) {
  Deno.test(`${signal} ends a run that waits for its standard input`, async () => {
    await using ground = await openGround();
    const args = ["localctl", "run", ...REF, "--inputs", "-"];
    const { child, printed } = await begin(args, ground, { closeStdin: false });
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.kill(signal);
    const ended = await printed;
    await child.stdin.close().catch(() => {});
    assert.equal(ended.code, exit, ended.stderr);
    assert.equal(envelopeOf(ended).error?.code, "ERR_INTERRUPTED");
    await nothingLeft(ground);
  });
}

Deno.test("SIGTERM while a large file is attached leaves no part of it", async () => {
  await using ground = await openGround();
  await Deno.truncate(join(ground.dir, "attached.bin"), 2 ** 31);
  const run = runArgs({ id: "r1", handler: "work" }, ground);
  const { child, printed } = await begin(run, ground);
  await appears(ground, "state/artifacts/tmp", /./);
  child.kill("SIGTERM");
  const ended = await printed;
  assert.equal(ended.code, 143, ended.stderr);
  assert.equal(envelopeOf(ended).error?.code, "ERR_INTERRUPTED");
  await nothingLeft(ground);
});

Deno.test("SIGINT while outputs are collected cancels the run and leaves no part of them", async () => {
  await using ground = await openGround();
  const run = runArgs({ id: "r1", handler: "big" }, ground);
  const { child, printed } = await begin([...run, "--stream"], ground);
  await appears(ground, "state/runs", /echo\.bin$/);
  await appears(ground, "state/artifacts/tmp", /./);
  child.kill("SIGINT");
  const ended = await printed;
  assert.equal(ended.code, 130, ended.stderr);
  assert.equal(envelopeOf(ended).error?.code, "ERR_PREEMPTED");
  await nothingLeft(ground);
});

Deno.test("SIGINT while outputs are saved leaves whole files or none", async () => {
  await using ground = await openGround();
  const run = runArgs({ id: "r1", handler: "big" }, ground);
  const { child, printed } = await begin(run, ground);
  // The folder is tried before the run; what is written after it made others is an output.
  await appears(ground, "saved", /demo_loop/);
  await appears(ground, "saved", /\.save-/);
  child.kill("SIGINT");
  const ended = await printed;
  const saved = (await names(ground, "saved")).filter((name) =>
    name.endsWith("echo.bin")
  );
  for (const name of saved) {
    const { size } = await Deno.stat(join(ground.savedDir, name));
    assert.equal(size, 256 * 2 ** 20);
  }
  assert.equal(envelopeOf(ended).status, "success");
  // The signal may have come when the last file had just got its name.
  assert.ok([0, 130].includes(ended.code), ended.stderr);
  await nothingLeft(ground);
});

Deno.test("a second Ctrl-C kills a run whatever its grace period", async () => {
  await using ground = await openGround();
  const run = runArgs({ id: "r1", handler: "spin" }, ground).slice(0, -4);
  const args = [...run, "--grace", "10m", "--stream"];
  const { child, printed } = await begin(args, ground);
  await appears(ground, "state/runs", /^ephemeral-/);
  await new Promise((resolve) => setTimeout(resolve, 500));
  child.kill("SIGINT");
  await new Promise((resolve) => setTimeout(resolve, 400));
  child.kill("SIGINT");
  assert.equal((await printed).code, 130);
  await until(async () => (await processesOf(ground.stateDir)).length === 0);
  await ordinaryRun("r2", ground);
  await nothingLeft(ground);
});

Deno.test("localctl stop ends the run of another command with ERR_PREEMPTED", async () => {
  await using ground = await openGround();
  await ordinary(["localctl", "start", ...REF], ground);
  const run = runArgs({ id: "r1", handler: "wait" }, ground);
  const { printed } = await begin(run, ground);
  await appears(ground, "state/runs", /claim-r1/);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await ordinary(["localctl", "stop", "--all"], ground);
  const ended = await printed;
  assert.equal(envelopeOf(ended).error?.code, "ERR_PREEMPTED", ended.stderr);
  assert.equal(ended.code, 1);
  await nothingLeft(ground);
});

Deno.test("an instance whose handler cannot be stopped ends, and the next run says so", async () => {
  await using ground = await openGround();
  await ordinary(["localctl", "start", ...REF], ground);
  const stuck = await begin(
    runArgs({ id: "r1", handler: "spin" }, ground),
    ground,
  );
  const ended = await stuck.printed;
  assert.equal(envelopeOf(ended).error?.code, "ERR_RUN_TIMEOUT");
  await until(async () => (await processesOf(ground.stateDir)).length === 0);
  const next = await begin(
    runArgs({ id: "r2", handler: "work" }, ground),
    ground,
  );
  const said = await next.printed;
  assert.equal(said.code, 0, said.stderr);
  assert.match(said.stderr, /has ended .*: using an ephemeral sandbox/);
  await nothingLeft(ground);
});

for (const warm of [false, true]) {
  const where = warm ? "on an instance" : "in an ephemeral sandbox";
  Deno.test(`a handler that uses up the memory ${where} ends with ERR_OUT_OF_MEMORY`, async () => {
    await using ground = await openGround();
    if (warm) await ordinary(["localctl", "start", ...REF], ground);
    const run = runArgs({ id: "r1", handler: "hoard" }, ground);
    const ended = await (await begin(run, ground)).printed;
    assert.equal(envelopeOf(ended).error?.code, "ERR_OUT_OF_MEMORY");
    assert.equal(ended.code, 1, ended.stderr);
    await ordinaryRun("r2", ground);
    await nothingLeft(ground);
  });
}

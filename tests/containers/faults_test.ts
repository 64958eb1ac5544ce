import assert from "node:assert/strict";
import { join } from "node:path";
import { leavesOf } from "../adapters/shared_fixture.ts";
import { envelopeOf, type Printed } from "../cli/theory.ts";
import { eachEngine } from "./each_engine.ts";
import { programOutput } from "./program_output.ts";
import type { Dialect, Ground } from "./python_processor.ts";
import { pythonGround, runOf } from "./python_processor.ts";
import { untilSaid } from "./until_said.ts";

type Params = Readonly<Record<string, unknown>>;

/** A started processor. */
async function started(ground: Ground): Promise<Ground> {
  const { code, stderr } = await ground.command(
    ["localctl", "start", "--ref", ground.ref],
  );
  assert.equal(code, 0, stderr);
  return ground;
}

/** The id of its container. */
async function containerOf({ engine, stateDir }: Ground): Promise<string> {
  const filter = `label=theory.state=${stateDir}`;
  const ids = await programOutput(
    [...engine.client, "ps", "--quiet", "--filter", filter],
  );
  return ids.trim();
}

/** Runs, and does something to its container as soon as it works. */
async function runAndThen(
  ground: Ground,
  does: (container: string) => Promise<unknown>,
  ...more: readonly string[]
): Promise<Printed> {
  const container = await containerOf(ground);
  const child = ground.begin(
    runOf(ground, { do: "wait" }, "--stream", "--json", ...more),
  );
  await child.stdin.close();
  const stdout = new Response(child.stdout).text();
  await untilSaid(child.stderr, "waiting");
  await does(container);
  const { code } = await child.status;
  return { code, stdout: lastLine(await stdout), stderr: "" };
}

/** Events are lines of their own. */
function lastLine(text: string): string {
  return `${text.trimEnd().split("\n").at(-1)}\n`;
}

const FAILED = { status: "error", engine: "docker" };

/** What the journal says of the last run. */
async function lastRecord(ground: Ground) {
  const { stdout } = await ground.command(["runs", "list", "--json"]);
  const [record] = JSON.parse(stdout).runs;
  const { status, engine, envelope } = record;
  return { status, engine, code: envelope?.error?.code };
}

/** Nothing of runs is left in the folder that they share, or beside it. */
async function assertNothingOfRuns({ stateDir }: Ground): Promise<void> {
  const runs = await leavesOf(join(stateDir, "runs")).catch(() => []);
  const left = runs.filter((path) =>
    !/\/(?:outputs|execution|\.lock)/.test(path)
  )
    .filter((path) => !/^[^/]+$/.test(path));
  assert.deepEqual(left, []);
}

async function assertStopped(ground: Ground): Promise<void> {
  await ground.command(["localctl", "stop", "--ref", ground.ref]);
  assert.deepEqual(await ground.left(), []);
}

/** What a processor does, and the code of it. */
const SAID: Readonly<
  Record<string, readonly [Dialect, Params, string]>
> = {
  "garbage": ["request", { do: "garbage" }, "ERR_BAD_RESPONSE"],
  "a binary frame": ["request", { do: "binary" }, "ERR_BAD_RESPONSE"],
  "a frame that is too large": [
    "request",
    { do: "huge" },
    "ERR_RESPONSE_TOO_LARGE",
  ],
  "no final answer": ["request", { do: "silent_close" }, "ERR_FINAL_MISSING"],
  "two final answers": ["request", { do: "double" }, "ERR_FINAL_REPEATED"],
  "a link for an output": ["http", { do: "link" }, "ERR_OUTPUT_UNSAFE"],
  "a link above an output": ["http", { do: "link_above" }, "ERR_OUTPUT_UNSAFE"],
  "a second name for an output": ["http", { do: "twin" }, "ERR_OUTPUT_UNSAFE"],
  "a pipe for an output": ["http", { do: "pipe" }, "ERR_OUTPUT_UNSAFE"],
  "an output above its prefix": ["http", { do: "dots" }, "ERR_DOT_SEGMENTS"],
  "an output twice": ["http", { do: "twice" }, "ERR_OUTPUT_DUPLICATE"],
};

for (const dialect of ["http", "request"] as const) {
  eachEngine(
    `localctl run tells what is wrong with the answers of a container that speaks ${dialect}`,
    async (engine) => {
      await using ground = await started(await pythonGround(engine, dialect));
      for (const [what, [of, params, code]] of Object.entries(SAID)) {
        if (of !== dialect) continue;
        const ran = await ground.command(runOf(ground, params, "--json"));
        assert.equal(
          envelopeOf(ran).error?.code,
          code,
          `${what}: ${ran.stdout}`,
        );
        assert.deepEqual(await lastRecord(ground), { ...FAILED, code });
        await assertNothingOfRuns(ground);
      }
      // It was the run that went wrong, not the instance.
      const ran = await ground.command(runOf(ground, {}));
      assert.equal(ran.code, 0, ran.stderr);
      await assertStopped(ground);
    },
  );
}

eachEngine(
  "localctl run is as patient as its timeout with a container that says nothing",
  async (engine) => {
    await using http = await started(await pythonGround(engine, "http"));
    await using request = await started(await pythonGround(engine, "request"));
    // Longer than any wait of the originals, which is 15 s.
    const params = { do: "rest", seconds: 16.5 };
    const both = [http, request].map((ground) =>
      ground.command(runOf(ground, params, "--timeout", "60s"))
    );
    for (const { code, stderr } of await Promise.all(both)) {
      assert.equal(code, 0, stderr);
    }
  },
);

eachEngine(
  "localctl run tells that its container was killed",
  async (engine) => {
    await using ground = await started(await pythonGround(engine, "request"));
    const { client } = engine;
    const ran = await runAndThen(
      ground,
      (container) => programOutput([...client, "kill", container]),
    );
    const code = "ERR_INSTANCE_DIED";
    assert.equal(envelopeOf(ran).error?.code, code, ran.stdout);
    assert.equal(ran.code, 9);
    assert.deepEqual(await lastRecord(ground), { ...FAILED, code });
    await assertNothingOfRuns(ground);
    const again = await ground.command(runOf(ground, {}, "--json"));
    assert.equal(envelopeOf(again).error?.code, "ERR_NOT_RUNNING");
    await assertStopped(ground);
  },
);

for (
  const [todo, what] of [["exit", "ends"], ["hoard", "outgrows its memory"]]
) {
  eachEngine(
    `localctl run tells that the server in its container ${what}`,
    async (engine) => {
      await using ground = await started(await pythonGround(engine, "request"));
      const ran = await ground.command(runOf(ground, { do: todo }, "--json"));
      const code = "ERR_INSTANCE_DIED";
      assert.equal(envelopeOf(ran).error?.code, code, ran.stdout);
      assert.deepEqual(await lastRecord(ground), { ...FAILED, code });
      await assertNothingOfRuns(ground);
      await assertStopped(ground);
    },
  );
}

eachEngine(
  "localctl run tells that its container does not answer any more",
  async (engine) => {
    await using ground = await started(await pythonGround(engine, "request"));
    const { client } = engine;
    let paused = "";
    const ran = await runAndThen(ground, (container) => {
      paused = container;
      return programOutput([...client, "pause", container]);
    }, ...["--timeout", "3s", "--grace", "200ms"]);
    await programOutput([...client, "unpause", paused]);
    const code = "ERR_NO_ANSWER";
    assert.equal(envelopeOf(ran).error?.code, code, ran.stdout);
    assert.equal(ran.code, 7);
    await assertNothingOfRuns(ground);
    await assertStopped(ground);
  },
);

eachEngine(
  "localctl run tells that there was no room for outputs, and makes some",
  async (engine) => {
    await using ground = await pythonGround(engine, "http");
    const { stateDir } = ground;
    await Deno.mkdir(stateDir, { mode: 0o700 });
    const options = "size=24m,mode=0700";
    await programOutput(
      ["mount", "-t", "tmpfs", "-o", options, "tmpfs", stateDir],
    );
    try {
      await started(ground);
      const ran = await ground.command(runOf(ground, { do: "fill" }, "--json"));
      const { error } = envelopeOf(ran);
      assert.equal(error?.code, "ERR_RUNTIME", ran.stdout);
      assert.match(error?.message ?? "", /No space left/);
      await assertNothingOfRuns(ground);
      const again = await ground.command(runOf(ground, {}));
      assert.equal(again.code, 0, again.stderr);
      await assertStopped(ground);
    } finally {
      await programOutput(["umount", "--lazy", stateDir]);
    }
  },
);

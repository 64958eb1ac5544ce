import assert from "node:assert/strict";
import { join } from "node:path";
import { leavesOf } from "../adapters/shared_fixture.ts";
import { eachEngine } from "./each_engine.ts";
import { PROBE, probeGround, requireCode } from "./probe_ground.ts";
import { programOutput } from "./program_output.ts";

eachEngine(
  "localctl start, status, url, logs and stop tell one story of a container",
  async (engine) => {
    await using ground = await probeGround(engine);
    const first = requireCode(await ground.local("start", ["--json"]), 0);
    const again = requireCode(await ground.local("start", ["--json"]), 0);
    const [started, found] = [first, again].map(({ stdout }) =>
      JSON.parse(stdout)
    );
    assert.deepEqual(found, { ...started, note: "already_running" });
    assert.equal(started.container.id, (await ground.inspected())["Id"]);
    assert.equal("token" in started, false);

    const url = requireCode(await ground.local("url"), 0).stdout.trim();
    assert.equal(url, started.url);
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);

    const status = requireCode(await ground.local("status", ["--json"]), 0);
    const [row] = JSON.parse(status.stdout).instances;
    assert.equal(row.state, "running");
    assert.equal(row.image.drift, false);
    assert.equal(row.image.running, row.image.pinned);
    assert.deepEqual(row.source, {
      state: "live",
      record: "recorded",
      image: "live",
    });

    await ground.ask("/say?text=hello");
    const { stdout } = requireCode(await ground.local("logs"), 0);
    assert.deepEqual(stdout.split("\n").sort(), [
      "",
      "hello",
      "hello, as an error",
      "the probe begins",
    ]);

    const stopped = requireCode(await ground.local("stop"), 0);
    assert.equal(stopped.stdout, `Stopped ${PROBE}\n`);
    assert.deepEqual(await ground.left(), []);
    assert.deepEqual(await leavesOf(join(ground.stateDir, "runs")), []);
    requireCode(await ground.local("url"), 6);
    const none = requireCode(await ground.local("stop"), 0);
    assert.equal(none.stdout, "Nothing was running\n");
  },
);

eachEngine(
  "starts of a container at the same time get the same one",
  async (engine) => {
    await using ground = await probeGround(engine);
    const starts = await Promise.all(
      [1, 2, 3].map(() => ground.local("start", ["--json"])),
    );
    const ids = starts.map((start) =>
      JSON.parse(requireCode(start, 0).stdout).container.id
    );
    assert.equal(new Set(ids).size, 1);
    assert.equal((await ground.left()).length, 1);
  },
);

eachEngine(
  "a container that died is started anew, and its last words are shown until then",
  async (engine) => {
    await using ground = await probeGround(engine);
    requireCode(await ground.local("start"), 0);
    const before = await ground.id();
    await ground.ask("/end?code=7").catch(() => {});
    const status = requireCode(await ground.local("status", ["--json"]), 0);
    assert.equal(JSON.parse(status.stdout).instances[0].state, "stale");
    const { stdout } = requireCode(await ground.local("logs"), 0);
    assert.equal(stdout, "the probe begins\n");
    requireCode(await ground.local("start"), 0);
    assert.notEqual(await ground.id(), before);
    assert.equal((await ground.left()).length, 1);
  },
);

eachEngine(
  "a container that ends before it is ready shows its last words without secrets, and leaves nothing",
  async (engine) => {
    await using ground = await probeGround(engine);
    const env = { PROBE: "die", PROBE_SECRET: "sk-marked-6d1f" };
    const died = requireCode(await ground.local("start", [], env), 9);
    assert.match(died.stderr, /ERR_START .*ended with code 3/);
    assert.match(died.stderr, /^the probe begins$/m);
    assert.match(died.stderr, /^cannot begin with \S+$/m);
    assert.doesNotMatch(died.stderr, /sk-marked/);
    assert.deepEqual(await ground.left(), []);
  },
);

eachEngine(
  "a container that does not answer in time is removed",
  async (engine) => {
    await using ground = await probeGround(engine);
    const late = await ground.local("start", ["--wait", "2s"], {
      PROBE: "mute",
    });
    requireCode(late, 7);
    assert.match(late.stderr, /ERR_READY_TIMEOUT .*did not answer within 2 s/);
    assert.match(late.stderr, /^the probe begins$/m);
    assert.deepEqual(await ground.left(), []);
  },
);

eachEngine("a container that takes a while is waited for", async (engine) => {
  await using ground = await probeGround(engine);
  requireCode(await ground.local("start", [], { PROBE: "slow" }), 0);
});

eachEngine("localctl start names the port that is in use", async (engine) => {
  await using ground = await probeGround(engine);
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const port = `${listener.addr.port}`;
  const taken = await ground.local("start", ["--port", port]);
  requireCode(taken, 9);
  assert.match(taken.stderr, new RegExp(`ERR_PORT .*port ${port} is in use`));
  assert.deepEqual(await ground.left(), []);
});

eachEngine("localctl start takes the port that it is given", async (engine) => {
  await using ground = await probeGround(engine);
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  requireCode(await ground.local("start", ["--port", `${port}`]), 0);
  const { stdout } = await ground.local("url");
  assert.equal(stdout, `http://127.0.0.1:${port}\n`);
});

eachEngine(
  "localctl logs --follow ends when the container does, and on Ctrl-C",
  async (engine) => {
    await using ground = await probeGround(engine);
    requireCode(await ground.local("start"), 0);
    const follow = ["localctl", "logs", "--ref", PROBE, "--follow"];
    const interrupted = ground.begin(follow);
    const followed = ground.begin([...follow, "--tail", "0"]);
    await firstBytes(interrupted);
    interrupted.kill("SIGINT");
    const { code } = await interrupted.status;
    assert.ok([0, 130].includes(code), `${code}`);
    const texts = followed.stdout.pipeThrough(new TextDecoderStream());
    const reader = texts.getReader();
    const first = reader.read();
    // What is said before it follows is none of its lines.
    let follows = false;
    first.finally(() => follows = true);
    while (!follows) await ground.ask("/say?text=early");
    let text = (await first).value ?? "";
    await ground.ask("/say?text=late");
    await ground.ask("/end?code=0").catch(() => {});
    reader.releaseLock();
    for await (const piece of texts) text += piece;
    assert.equal((await followed.status).code, 0);
    assert.deepEqual(
      text.split("\n").filter((line) => !line.startsWith("early")).sort(),
      ["", "late", "late, as an error"],
    );
  },
);

/** Waits for the beginning of what a command prints, and lets the rest go. */
async function firstBytes({ stdout }: Deno.ChildProcess): Promise<void> {
  const reader = stdout.getReader();
  await reader.read();
  await reader.cancel();
}

eachEngine("localctl logs keeps to --tail and --since", async (engine) => {
  await using ground = await probeGround(engine);
  requireCode(await ground.local("start"), 0);
  for (const text of ["one", "two", "three"]) {
    await ground.ask(`/say?text=${text}`);
  }
  const tail = requireCode(await ground.local("logs", ["--tail", "2"]), 0);
  assert.deepEqual(tail.stdout.split("\n").filter(Boolean).sort(), [
    "three",
    "three, as an error",
  ]);
  const all = requireCode(await ground.local("logs", ["--since", "1h"]), 0);
  assert.equal(all.stdout.split("\n").filter(Boolean).length, 7);
  const none = await ground.local("logs", ["--since", "2999-01-01T00:00:00Z"]);
  assert.equal(requireCode(none, 0).stdout, "");
});

eachEngine(
  "localctl start goes by what the environment says of the engine",
  async (engine) => {
    await using ground = await probeGround(engine);
    const missing = { DOCKER_HOST: "unix:///nowhere/docker.sock" };
    const none = requireCode(await ground.local("start", [], missing), 9);
    assert.match(none.stderr, /ERR_ENGINE_UNAVAILABLE .*it is not there/);
    const remote = { DOCKER_HOST: "tcp://192.0.2.1:2375" };
    const other = requireCode(await ground.local("start", [], remote), 9);
    assert.match(other.stderr, /it is another machine/);
    const version = await programOutput([...engine.client, "version"]);
    assert.ok(version.length > 0);
  },
);

import assert from "node:assert/strict";
import { join } from "node:path";
import { until } from "../adapters/sandbox_fixture.ts";
import { workFolder } from "../cli/theory.ts";
import { theory } from "../cli/theory.ts";
import { eachEngine } from "./each_engine.ts";
import {
  PROBE,
  type ProbeGround,
  probeGround,
  probeImage,
  requireCode,
} from "./probe_ground.ts";
import { programOutput } from "./program_output.ts";

const START = ["localctl", "start", "--ref", PROBE];
const INPUTS = ["--inputs-json", '{"schema":"v1","params":{}}'];

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  eachEngine(
    `localctl start that gets ${signal} leaves nothing`,
    async (engine) => {
      await using ground = await probeGround(engine);
      const starting = ground.begin(START, { PROBE: "mute" });
      await until(async () => await ground.id() !== "");
      starting.kill(signal);
      const { code } = await starting.status;
      assert.equal(code, signal === "SIGINT" ? 130 : 143);
      assert.deepEqual(await ground.left(), []);
      assert.deepEqual(await instanceFiles(ground), []);
    },
  );
}

for (const more of [[], ["--hermetic"]]) {
  const how = ["localctl start", ...more].join(" ");
  eachEngine(
    `what is left of a killed ${how} goes with the next command`,
    async (engine) => {
      await using ground = await probeGround(engine);
      const args = [...START, ...more];
      const starting = ground.begin(args, { PROBE: "mute" });
      await until(async () => await ground.id() !== "");
      starting.kill("SIGKILL");
      await starting.status;
      requireCode(await ground.local("logs"), 6);
      assert.deepEqual(await ground.left(), []);
      assert.deepEqual(await instanceFiles(ground), []);
      requireCode(await ground.local("start"), 0);
    },
  );
}

eachEngine(
  "localctl start removes what a killed one left, and starts",
  async (engine) => {
    await using ground = await probeGround(engine);
    const starting = ground.begin([...START, "--hermetic"], { PROBE: "mute" });
    await until(async () => await ground.id() !== "");
    const before = await ground.id();
    starting.kill("SIGKILL");
    await starting.status;
    const started = requireCode(await ground.local("start"), 0);
    assert.match(started.stdout, /^Started /);
    assert.equal((await ground.left()).length, 1);
    assert.notEqual(await ground.id(), before);
  },
);

/** What is kept of instances, locks excepted: they stay. */
async function instanceFiles({ stateDir }: ProbeGround) {
  const kept = await Array.fromAsync(
    Deno.readDir(join(stateDir, "instances")),
    ({ name }) => name,
  );
  return kept.filter((name) => !name.endsWith(".lock"));
}

eachEngine(
  "containers are found from another state folder, and ended by stop --all",
  async (engine) => {
    await using ground = await probeGround(engine);
    await using elsewhere = await workFolder();
    requireCode(await ground.local("start"), 0);
    const options = { cwd: elsewhere.dir, env: engine.env };
    const status = await theory(["localctl", "status", "--json"], options);
    const { instances } = JSON.parse(requireCode(status, 0).stdout);
    const [row] = instances;
    assert.equal(row.ref, PROBE);
    assert.equal(row.state_dir, ground.stateDir);
    assert.equal(row.source.record, "live");
    const stopped = await theory(["localctl", "stop", "--all"], options);
    assert.match(requireCode(stopped, 0).stdout, /Stopped demo\/probe@1/);
    assert.deepEqual(await ground.left(), []);
    const here = requireCode(await ground.local("status", ["--json"]), 0);
    assert.equal(JSON.parse(here.stdout).instances[0].state, "stale");
  },
);

eachEngine(
  "a container whose record was lost is ended by stop",
  async (engine) => {
    await using ground = await probeGround(engine);
    requireCode(await ground.local("start", ["--hermetic"]), 0);
    const name = `${PROBE.replace("/", "~")}.json`;
    await Deno.remove(join(ground.stateDir, "instances", name));
    const stopped = requireCode(await ground.local("stop"), 0);
    assert.match(stopped.stdout, /^Stopped /);
    assert.deepEqual(await ground.left(), []);
  },
);

eachEngine(
  "status and stop --all know containers of their own state folder, however that is spelt",
  async (engine) => {
    await using ground = await probeGround(engine);
    await Deno.symlink(ground.dir, join(ground.dir, "link"));
    const there = ["--state-dir", "link/.theory"];
    requireCode(await ground.local("start", ["--hermetic", ...there]), 0);
    assert.equal((await ground.left()).length, 2);
    const id = await ground.id();
    for (const how of [[], there]) {
      const row = await ownRow(ground, how);
      assert.equal(row.source.record, "recorded");
    }
    const name = `${PROBE.replace("/", "~")}.json`;
    await Deno.remove(join(ground.stateDir, "instances", name));
    for (const how of [[], there]) {
      const row = await ownRow(ground, how);
      assert.ok(row.container.id.startsWith(id));
      assert.equal(row.source.record, "live");
    }
    const { stdout } = requireCode(await ground.local("status"), 0);
    assert.match(stdout, / {2}not recorded$/m);
    const stop = ["localctl", "stop", "--all"];
    const stopped = requireCode(await ground.command(stop), 0);
    assert.match(stopped.stdout, /^Stopped demo\/probe@1$/m);
    assert.deepEqual(await ground.left(), []);
  },
);

/** What status says of the probe, of which there is one that is of no other state folder. */
async function ownRow(ground: ProbeGround, more: readonly string[]) {
  const status = await ground.local("status", ["--json", ...more]);
  const { instances } = JSON.parse(requireCode(status, 0).stdout);
  const own = instances.filter((row: object) => !("state_dir" in row));
  assert.equal(own.length, 1, status.stdout);
  return own[0];
}

eachEngine(
  "a container that somebody removed is stopped without a word",
  async (engine) => {
    await using ground = await probeGround(engine);
    requireCode(await ground.local("start"), 0);
    const id = await ground.id();
    await programOutput([...engine.client, "rm", "--force", id]);
    const status = requireCode(await ground.local("status", ["--json"]), 0);
    assert.equal(JSON.parse(status.stdout).instances[0].state, "stale");
    requireCode(await ground.local("stop"), 0);
    assert.deepEqual(await instanceFiles(ground), []);
  },
);

eachEngine(
  "a container that somebody paused is stopped",
  async (engine) => {
    await using ground = await probeGround(engine);
    requireCode(await ground.local("start"), 0);
    await programOutput([...engine.client, "pause", await ground.id()]);
    const stopped = requireCode(await ground.local("stop"), 0);
    assert.match(stopped.stdout, /^Stopped /);
    assert.deepEqual(await ground.left(), []);
  },
);

eachEngine(
  "start, status and run tell that another image runs than is pinned",
  async (engine) => {
    await using ground = await probeGround(engine);
    requireCode(await ground.local("start"), 0);
    const first = await probeImage(engine);
    const second = await probeImage(engine, "second");
    const file = join(
      ground.dir,
      "registry",
      PROBE.replace("@", "/"),
      "registry.yaml",
    );
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(file, text.replaceAll(first, second));
    for (const [word, more] of [["start", []], ["run", INPUTS]] as const) {
      const drifted = requireCode(await ground.local(word, more), 5);
      assert.match(drifted.stderr, /ERR_IMAGE_DRIFT/, word);
    }
    const status = requireCode(await ground.local("status", ["--json"]), 5);
    const [{ image }] = JSON.parse(status.stdout).instances;
    assert.equal(image.drift, true);
    assert.equal(image.running, first.split("@")[1]);
    assert.equal(image.pinned, second.split("@")[1]);
    requireCode(await ground.local("stop"), 0);
    requireCode(await ground.local("start"), 0);
    const after = requireCode(await ground.local("status", ["--json"]), 0);
    assert.equal(JSON.parse(after.stdout).instances[0].image.drift, false);
  },
);

for (const more of [[], ["--hermetic"]]) {
  const how = ["--engine docker", ...more].join(" ");
  eachEngine(
    `the line that is printed of drift starts it again with ${how}`,
    async (engine) => {
      await using ground = await probeGround(engine);
      const entry = join(ground.dir, "registry", PROBE.replace("@", "/"));
      const file = join(entry, "registry.yaml");
      const text = await Deno.readTextFile(file);
      // With a handler it would else be started in the sandbox.
      const handled = `handler: handler.ts\n${text}`;
      await Deno.writeTextFile(file, handled);
      await Deno.writeTextFile(join(entry, "handler.ts"), HANDLER);
      const start = ["--engine", "docker", ...more];
      requireCode(await ground.local("start", start), 0);
      const first = await probeImage(engine);
      const second = await probeImage(engine, "second");
      await Deno.writeTextFile(file, handled.replaceAll(first, second));
      if (more.length > 0) {
        const real = await ground.local("run", [...INPUTS, "--mode", "real"]);
        const again = /^deno run .* localctl stop .* --engine docker$/m;
        assert.match(requireCode(real, 2).stderr, again);
      }
      const { stderr } = requireCode(await ground.local("run", INPUTS), 5);
      const [, line = ""] = /^(deno run .* localctl stop .*)$/m.exec(stderr) ??
        [];
      for (const command of line.split(" && ")) {
        const words = command.replace(/^deno run \S+ /, "").split(" ");
        requireCode(await ground.command(words), 0);
      }
      const status = requireCode(await ground.local("status", ["--json"]), 0);
      const [instance] = JSON.parse(status.stdout).instances;
      assert.equal(instance.engine, "docker");
      assert.equal(instance.hermetic ?? false, more.length > 0);
      assert.equal(instance.image.running, second.split("@")[1]);
    },
  );
}

const HANDLER = "export function handle() {}\n";

eachEngine(
  "an entry that pins nothing is not started in a container",
  async (engine) => {
    await using ground = await probeGround(engine);
    const file = join(
      ground.dir,
      "registry",
      PROBE.replace("@", "/"),
      "registry.yaml",
    );
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(file, text.replaceAll(/@sha256:\w+/g, ":latest"));
    const unpinned = requireCode(await ground.local("start"), 5);
    assert.match(unpinned.stderr, /ERR_IMAGE_UNPINNED/);
    assert.match(unpinned.stderr, /registry pin/);
  },
);

eachEngine(
  "start, status and run believe a container that says it runs something else",
  async (engine) => {
    await using ground = await probeGround(engine);
    const lied = await ground.local("start", [], { PROBE: "lie" });
    assert.match(requireCode(lied, 5).stderr, /ERR_IMAGE_DRIFT/);
    assert.deepEqual(await ground.left(), []);
    requireCode(await ground.local("start"), 0);
    await ground.ask("/lie");
    for (const [word, more] of [["start", []], ["run", INPUTS]] as const) {
      const drifted = requireCode(await ground.local(word, more), 5);
      assert.match(drifted.stderr, /it says that it is sha256:0{64}/, word);
    }
    requireCode(await ground.local("status"), 5);
  },
);

eachEngine(
  "a container that somebody removes before it is ready is told of",
  async (engine) => {
    await using ground = await probeGround(engine);
    const starting = ground.begin(START, { PROBE: "mute" });
    await until(async () => await ground.id() !== "");
    const id = await ground.id();
    await programOutput([...engine.client, "rm", "--force", id]);
    const { code, stderr } = await starting.output();
    assert.equal(code, 9);
    assert.match(new TextDecoder().decode(stderr), /^error ERR_START /);
    assert.deepEqual(await ground.left(), []);
  },
);

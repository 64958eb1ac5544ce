import assert from "node:assert/strict";
import { join } from "node:path";
import { relayToSocket } from "../adapters/relay.ts";
import { until } from "../adapters/sandbox_fixture.ts";
import { eachEngine } from "./each_engine.ts";
import { PROBE, probeGround, requireCode } from "./probe_ground.ts";

/** An engine that nobody has. */
const NONE = { DOCKER_HOST: "unix:///nowhere/docker.sock" };

eachEngine(
  "what an engine that ends in the middle of a start keeps goes with the next command",
  async (engine) => {
    await using ground = await probeGround(engine);
    const here = join(ground.dir, "s");
    const relay = relayToSocket(engine.socket, here);
    const starting = ground.begin(["localctl", "start", "--ref", PROBE], {
      DOCKER_HOST: `unix://${here}`,
      PROBE: "mute",
    });
    await until(async () => await ground.id() !== "");
    await relay[Symbol.asyncDispose]();
    const { code, stderr } = await starting.output();
    assert.equal(code, 9, new TextDecoder().decode(stderr));
    assert.match(
      new TextDecoder().decode(stderr),
      /ERR_ENGINE_UNAVAILABLE .*engine does not answer any more/,
    );
    assert.equal((await ground.left()).length, 1, "nobody could remove it");
    requireCode(await ground.local("status", ["--json"]), 6);
    assert.deepEqual(await ground.left(), []);
  },
);

eachEngine(
  "localctl status tells what is recorded of a container whose engine does not answer",
  async (engine) => {
    await using ground = await probeGround(engine);
    requireCode(await ground.local("start"), 0);
    const status = await ground.local("status", ["--json"], NONE);
    const [row] = JSON.parse(requireCode(status, 0).stdout).instances;
    assert.equal(row.state, "running");
    assert.equal(row.image.drift, false);
    assert.equal(row.source.image, "recorded");
    const stop = requireCode(await ground.local("stop", [], NONE), 9);
    assert.match(stop.stderr, /ERR_ENGINE_UNAVAILABLE/);
    assert.equal((await ground.left()).length, 1);
  },
);

eachEngine(
  "a run on a container asks its engine what it runs",
  async (engine) => {
    await using ground = await probeGround(engine);
    requireCode(await ground.local("start"), 0);
    const inputs = ["--inputs-json", '{"schema":"v1","params":{}}'];
    const ran = requireCode(await ground.local("run", inputs, NONE), 9);
    assert.match(ran.stdout, /"code":"ERR_ENGINE_UNAVAILABLE"/);
  },
);

eachEngine(
  "an engine that listens on a port of this machine is used likewise, past a proxy",
  async (engine) => {
    await using ground = await probeGround(engine);
    await using relay = relayToSocket(engine.socket);
    // Nobody listens at port 9.
    const proxy = { HTTP_PROXY: "http://127.0.0.1:9", NO_PROXY: "" };
    const there = { DOCKER_HOST: relay.url, ...proxy };
    requireCode(await ground.local("start", [], there), 0);
    const status = await ground.local("status", ["--json"], there);
    const [row] = JSON.parse(requireCode(status, 0).stdout).instances;
    assert.deepEqual([row.state, row.source.image], ["running", "live"]);
    const logs = await ground.local("logs", [], there);
    assert.equal(requireCode(logs, 0).stdout, "the probe begins\n");
    requireCode(await ground.local("stop", [], there), 0);
    assert.deepEqual(await ground.left(), []);
  },
);

eachEngine(
  "an image that is made for another platform is not started",
  async (engine) => {
    await using ground = await probeGround(engine);
    const other = Deno.build.arch === "aarch64" ? "amd64" : "arm64";
    const start = await ground.local("start", ["--platform", other]);
    assert.match(requireCode(start, 5).stderr, /error ERR_IMAGE_PULL /);
    assert.deepEqual(await ground.left(), []);
  },
);

eachEngine(
  "a start that hangs with its engine ends on Ctrl-C, and the next command removes what it made",
  async (engine) => {
    await using ground = await probeGround(engine);
    const here = join(ground.dir, "s");
    await using relay = relayToSocket(engine.socket, here);
    const starting = ground.begin(["localctl", "start", "--ref", PROBE], {
      DOCKER_HOST: relay.url,
      PROBE: "mute",
    });
    await until(async () => await ground.id() !== "");
    relay.freeze();
    starting.kill("SIGINT");
    const { code } = await starting.output();
    assert.equal(code, 130);
    requireCode(await ground.local("logs"), 6);
    assert.deepEqual(await ground.left(), []);
  },
);

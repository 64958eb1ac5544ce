import assert from "node:assert/strict";
import { isObject, type Json } from "../../schemas/mod.ts";
import { eachEngine, type TestEngine } from "./each_engine.ts";
import { PROBE, probeGround, requireCode } from "./probe_ground.ts";
import { programOutput } from "./program_output.ts";

const SECRET = "sk-marked-91c2";

function objectIn(value: Json | undefined): Readonly<Record<string, Json>> {
  assert.ok(isObject(value), JSON.stringify(value));
  return value as Readonly<Record<string, Json>>;
}

eachEngine(
  "a container has the limits of its entry, and the least rights that serve",
  async (engine) => {
    await using ground = await probeGround(engine);
    requireCode(await ground.local("start"), 0);
    const found = await ground.inspected();
    const host = objectIn(found["HostConfig"]);
    assert.equal(host["Memory"], 2 ** 28);
    assert.equal(host["MemorySwap"], 2 ** 28);
    assert.equal(cpusOf(host), 1);
    assert.equal(host["PidsLimit"], 1024);
    assert.equal(host["ReadonlyRootfs"], true);
    assert.equal(host["Privileged"], false);
    const ports = JSON.stringify(host["PortBindings"]);
    assert.match(ports, /"127\.0\.0\.1"/);
    assert.doesNotMatch(ports, /"0\.0\.0\.0"|""?::/);

    const process = objectIn(await ground.ask("/process"));
    assert.equal(process["CapEff"], "0000000000000000");
    assert.equal(process["CapBnd"], "0000000000000000");
    assert.equal(process["NoNewPrivs"], "1");
    const { uid, gid } = await Deno.stat(ground.dir);
    assert.equal(`${process["Uid"]}`.split("\t")[0], `${uid}`);
    assert.equal(`${process["Gid"]}`.split("\t")[0], `${gid}`);
  },
);

/** Docker keeps what it was asked for, Podman what it made of that. */
function cpusOf(host: Readonly<Record<string, Json>>): number {
  const { NanoCpus: nano, CpuQuota: quota, CpuPeriod: period } = host;
  return Number(nano) > 0 ? Number(nano) / 1e9 : Number(quota) / Number(period);
}

eachEngine(
  "a container writes to /artifacts and /tmp alone",
  async (engine) => {
    await using ground = await probeGround(engine);
    requireCode(await ground.local("start"), 0);
    const written = async (path: string) =>
      await ground.ask(`/write?path=${path}`);
    assert.equal(await written("/artifacts/mine.txt"), "written");
    assert.equal(await written("/tmp/mine.txt"), "written");
    for (const path of ["/mine.txt", "/srv/probe.py", "/etc/hosts2"]) {
      assert.equal(await written(path), "Read-only file system", path);
    }
    const runs = `${ground.stateDir}/runs/${PROBE.replace("/", "~")}`;
    const { mode, uid } = await Deno.stat(`${runs}/mine.txt`);
    assert.ok(mode !== null);
    assert.equal(uid, (await Deno.stat(ground.dir)).uid);
  },
);

eachEngine(
  "secrets get into the environment of a container, and nowhere else",
  async (engine) => {
    await using ground = await probeGround(engine);
    const env = { PROBE_SECRET: SECRET, UNNAMED: "not for it" };
    const starting = ground.begin(["localctl", "start", "--ref", PROBE], env);
    const seen: string[] = [];
    const ended = starting.status.then(() => true);
    while (!await Promise.race([ended, listed(seen)]));
    const { code } = await starting.status;
    assert.equal(code, 0);
    await listed(seen);
    assert.ok(seen.some((line) => line.includes(PROBE)));
    assert.deepEqual(seen.filter((line) => line.includes(SECRET)), []);

    const environment = objectIn(await ground.ask("/environment"));
    assert.equal(environment["PROBE_SECRET"], SECRET);
    assert.equal(environment["TZ"], "UTC");
    assert.equal(environment["HOME"], "/tmp");
    assert.equal("UNNAMED" in environment, false);

    const { stdout } = await ground.local("status", ["--json"]);
    const files = await programOutput([
      "grep",
      "-rlF",
      "--",
      "sk-marked-91c",
      ground.stateDir,
    ])
      .catch(() => "");
    assert.equal(files, "");
    assert.doesNotMatch(stdout, /sk-marked/);
    assert.match(stdout, /"secrets":\["PROBE_SECRET"\]/);
    const { Config, Path, Args } = await ground.inspected();
    const { Cmd, Labels } = objectIn(Config);
    assert.doesNotMatch(JSON.stringify([Path, Args, Cmd, Labels]), /sk-marked/);
  },
);

/** Adds the arguments of all processes there are; answers that there may be more. */
async function listed(seen: string[]): Promise<boolean> {
  const text = await programOutput(["ps", "-eww", "-o", "args="]);
  seen.push(...text.split("\n"));
  return false;
}

eachEngine(
  "a container that is started with --hermetic gets nowhere, and knows no secret",
  async (engine) => {
    await using ground = await probeGround(engine);
    await using other = await otherMachine(ground.engine);
    requireCode(await ground.local("start"), 0);
    const there = `/connect?host=${other.address}&port=8000`;
    // What a usual container reaches, so that it would be seen if this one did.
    assert.equal(await ground.ask(there), "connected");
    const twice = await ground.local("start", ["--hermetic"]);
    assert.match(
      requireCode(twice, 2).stderr,
      /runs already, without --hermetic/,
    );
    requireCode(await ground.local("stop"), 0);

    const env = { PROBE_SECRET: SECRET };
    requireCode(await ground.local("start", ["--hermetic"], env), 0);
    assert.equal(
      (await ground.left()).length,
      2,
      "a container and its network",
    );
    for (const host of [other.address, "192.0.2.1", "1.1.1.1", "github.com"]) {
      const answer = await ground.ask(
        `/connect?host=${host}&port=8000`,
      );
      assert.match(`${answer}`, /^failed/, host);
    }
    const environment = objectIn(await ground.ask("/environment"));
    assert.equal("PROBE_SECRET" in environment, false);
    const { HostConfig } = await ground.inspected();
    const ports = JSON.stringify(objectIn(HostConfig)["PortBindings"]);
    assert.doesNotMatch(ports, /HostPort/, "no port of this machine");

    const again = requireCode(await ground.local("start", ["--hermetic"]), 0);
    assert.match(again.stdout, /^Already running/);
    const inputs = ["--inputs-json", '{"schema":"v1","params":{}}'];
    const real = await ground.local("run", ["--mode", "real", ...inputs]);
    assert.match(real.stderr, /started with --hermetic/);
    assert.notEqual(real.code, 0);
    requireCode(await ground.local("stop"), 0);
    assert.deepEqual(await ground.left(), []);
  },
);

/** A server in a container of the usual network. */
async function otherMachine({ client }: TestEngine) {
  const image = "theory-tests/probe-first";
  const id = await programOutput([...client, "run", "--detach", image]);
  const [found] = JSON.parse(
    await programOutput([...client, "inspect", id.trim()]),
  );
  return {
    address: `${found.NetworkSettings.IPAddress}`,
    async [Symbol.asyncDispose]() {
      await programOutput([...client, "rm", "--force", id.trim()]);
    },
  };
}

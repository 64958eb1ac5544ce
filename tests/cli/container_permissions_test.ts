import assert from "node:assert/strict";
import { join } from "node:path";
import config from "../../deno.json" with { type: "json" };
import { writeRecord } from "../../adapters/sandbox/record.ts";
import { engineNeeds } from "../../cli/engine_socket.ts";
import { each, permissionFlags } from "../../cli/permission_sets.ts";
import { declaredBy } from "../../cli/permissions.ts";
import { addressPermissions } from "../../cli/touches.ts";
import { plainWorld } from "./plain_world.ts";
import { requestOf, ROOT } from "./request_of.ts";
import { inTerminal } from "./terminal.ts";
import {
  envelopeOf,
  HELLO,
  NO_ENGINE,
  NO_LOGINS,
  theory,
  workFolder,
} from "./theory.ts";

const CONTAINED = "demo/probe@1";
const OTHER = ["--ref", "llm/litellm@1"];

/** A folder whose state has a container, and something that was being made when a command was killed. */
async function recorded() {
  const work = await workFolder();
  const instances = join(work.dir, ".theory/instances");
  await Deno.mkdir(instances, { recursive: true });
  await writeRecord(join(instances, "demo~probe@1.json"), {
    ref: CONTAINED,
    engine: "docker",
    port: 9,
    url: "http://127.0.0.1:9",
    token: "t",
    startedAt: "2026-01-31T12:00:00.000Z",
    digest: `sha256:${"0".repeat(64)}`,
    secrets: [],
    runsDir: join(work.dir, ".theory/runs/demo~probe@1"),
    layout: "shared",
    container: {
      id: "c0ffee",
      name: "theory-demo-probe-1-0a1b2c3d",
      image: `demo/probe@sha256:${"0".repeat(64)}`,
      imageId: `sha256:${"0".repeat(64)}`,
      platform: "amd64",
      healthUrl: "http://127.0.0.1:9/healthz",
    },
  });
  await Deno.writeTextFile(join(instances, "demo~other@1.pending"), "");
  return work;
}

const PROGRAM = "demo/program@1";

/** A folder with settings, and a registry of a processor that is run as a program. */
async function programmed() {
  const work = await workFolder();
  const place = join(work.dir, "registry/demo/program/1");
  await Deno.mkdir(place, { recursive: true });
  const image = `demo/program@sha256:${"0".repeat(64)}`;
  const entry = {
    ref: PROGRAM,
    title: "A program",
    image: { platforms: { amd64: image, arm64: image } },
    runtime: { cpu: 1, memory_gb: 0.25, timeout_s: 60 },
    inputs: {
      $schema: "http://json-schema.org/draft-07/schema#",
      type: "object",
    },
    api: { protocol: "file" },
    secrets: { required: ["DEMO_KEY"] },
    outputs: [{ path: "text/response.txt", mime: "text/plain" }],
  };
  await Deno.writeTextFile(join(place, "registry.yaml"), JSON.stringify(entry));
  const settings = {
    registry: ["registry"],
    inputs: [{ files: "*.job.json", ref: PROGRAM }],
  };
  const text = JSON.stringify(settings);
  await Deno.writeTextFile(join(work.dir, "theory.json"), text);
  return work;
}

/** The line that was printed to be typed, without the program. */
function toType(stderr: string) {
  const [, flags = ""] = /^Run: deno run (.*) \S*main\.ts /m.exec(stderr) ?? [];
  return flags.split(" ");
}

/** What a command declares where nothing is recorded. */
async function withoutRecords(args: readonly string[]) {
  await using empty = await workFolder();
  const request = await requestOf(args, { dir: empty.dir, env: {} });
  return permissionFlags(await declaredBy(request));
}

/** What `-P` grants, in a folder elsewhere. */
function usual(dir: string) {
  const { read: _, write: __, ...others } = config.permissions.default;
  return permissionFlags({ ...others, read: [ROOT, dir], write: [dir] });
}

/** Lets the environment of these tests say where the engine is. */
const NAMES_ENGINE = "--allow-env=DOCKER_HOST";

/** Lines that have nothing to do with the container, and how they end. */
const LINES = [
  [["run", ...OTHER, "--inputs-json", HELLO], 0],
  [["run", "--inputs-file", "named.json"], 0],
  [["url", ...OTHER], 6],
  [["logs", ...OTHER], 6],
  [["start", ...OTHER, "--mock-missing-secrets"], 0],
  [["stop", ...OTHER], 0],
  [["status"], 0],
] as const;

for (const grants of ["exactly what they declare", "what -P grants"]) {
  Deno.test(`a recorded container asks nothing of commands about others, with ${grants}`, async () => {
    await using work = await recorded();
    const { dir: cwd } = work;
    const named = { $processor: "llm/litellm@1", ...JSON.parse(HELLO) };
    await Deno.writeTextFile(join(cwd, "named.json"), JSON.stringify(named));
    for (const [line, code] of LINES) {
      const args = ["localctl", ...line];
      const flags = grants.startsWith("exactly")
        ? await withoutRecords(args)
        : usual(cwd);
      const options = { cwd, flags: ["--no-prompt", ...flags] };
      const printed = await theory(args, options);
      assert.equal(printed.code, code, `${line}: ${printed.stderr}`);
    }
  });
}

Deno.test("a recorded container asks for its engine, also when only the document names it", async () => {
  await using work = await recorded();
  const { dir: cwd } = work;
  const inputs = { $processor: CONTAINED, schema: "v1", params: {} };
  const document = JSON.stringify(inputs);
  const lines = [
    ["url", "--ref", CONTAINED],
    ["run", "--inputs-json", document],
    ["stop", "--ref", "demo/other@1"],
  ];
  for (const line of lines) {
    const flags = ["--no-prompt", ...usual(cwd), NAMES_ENGINE];
    const { code, stderr } = await theory(["localctl", ...line], {
      cwd,
      flags,
    });
    assert.equal(code, 10, stderr);
    assert.match(stderr, /^Run: .*--allow-net=.*unix:.*\/docker\.sock/m);
    const typed = ["--no-prompt", ...toType(stderr)];
    const again = await theory(["localctl", ...line], { cwd, flags: typed });
    assert.doesNotMatch(again.stderr, /ERR_PERMISSION/);
  }
});

const INPUTS = { schema: "v1", params: {} };

/** Documents of a program that is not on the line, and where each is. */
const UNNAMED = [
  ["one.job.json", JSON.stringify(INPUTS)],
  ["-", JSON.stringify({ $processor: PROGRAM, ...INPUTS })],
  [
    "commented.yaml",
    `# was: $processor: llm/litellm@1\n$processor: ${PROGRAM}\nschema: v1\nparams: {}\n`,
  ],
  // Beside its entry.
  ["registry/demo/program/1/example.json", JSON.stringify(INPUTS)],
] as const;

for (const [name, text] of UNNAMED) {
  Deno.test(`localctl run -A gets to the engine and the secrets of a program that is not on the line: ${name}`, async () => {
    await using work = await programmed();
    const { dir: cwd } = work;
    const env = { ...NO_LOGINS, DEMO_KEY: "of-a-test" };
    const piped = name === "-";
    if (!piped) await Deno.writeTextFile(join(cwd, name), text);
    const inputs = piped ? ["--inputs", "-"] : ["--inputs-file", name];
    const run = ["localctl", "run", "--mode", "real", ...inputs];
    const stdin = piped ? text : "";
    const { code, stderr } = await theory(run, { cwd, env, stdin });
    assert.equal(code, 9, stderr);
    assert.match(stderr, /ERR_ENGINE_UNAVAILABLE/);
  });
}

Deno.test("localctl run with inputs from a pipe says in its envelope which root is not there", async () => {
  await using work = await programmed();
  const { dir: cwd } = work;
  const run = ["localctl", "run", "--inputs", "-", "--registry", "absent"];
  const stdin = JSON.stringify({ $processor: PROGRAM, ...INPUTS });
  const printed = await theory(run, { cwd, stdin });
  assert.equal(envelopeOf(printed).error?.code, "ERR_REGISTRY_ROOT");
});

Deno.test("the line that a run prints for the engine of the environment works when it is typed", async () => {
  await using work = await programmed();
  const { dir: cwd } = work;
  const options = (flags: readonly string[]) => ({
    cwd,
    stdin: JSON.stringify({ $processor: PROGRAM, ...INPUTS }),
    env: NO_LOGINS,
    flags: ["--no-prompt", ...flags],
  });
  const run = ["localctl", "run", "--inputs", "-"];
  const line = options([...usual(cwd), NAMES_ENGINE]);
  const { code, stderr } = await theory(run, line);
  assert.equal(code, 10, stderr);
  const again = await theory(run, options(toType(stderr)));
  assert.equal(again.code, 9, again.stderr);
  assert.match(again.stderr, /"unix:\/\/\/nowhere\/docker\.sock"/);
});

Deno.test("localctl stop --all on a terminal asks for the engine of what is recorded", async () => {
  await using work = await recorded();
  const shown = await inTerminal(["localctl", "stop", "--all"], {
    cwd: work.dir,
    flags: usual(work.dir),
    answer: "y",
    env: NO_ENGINE,
  });
  assert.match(shown, /Granted .*env access to "DOCKER_HOST"/);
  assert.match(shown, /Granted .*read access to "\/nowhere\/docker\.sock"/);
  assert.match(shown, /ERR_ENGINE_UNAVAILABLE/);
  assert.doesNotMatch(shown, /ERR_PERMISSION/);
});

Deno.test("localctl run reads inputs that can be read but once", async () => {
  await using work = await workFolder();
  const { dir: cwd } = work;
  const pipe = join(cwd, "pipe.json");
  const made = await new Deno.Command("mkfifo", { args: [pipe] }).output();
  assert.ok(made.success);
  const document = { $processor: "llm/litellm@1", ...JSON.parse(HELLO) };
  const [printed] = await Promise.all([
    theory(["localctl", "run", "--inputs-file", "pipe.json"], { cwd }),
    Deno.writeTextFile(pipe, JSON.stringify(document)),
  ]);
  assert.equal(printed.code, 0, printed.stderr);
});

Deno.test("localctl stop --all stops what it may when one of all is a container that it may not", async () => {
  await using work = await recorded();
  const flags = ["--no-prompt", ...usual(work.dir)];
  const options = { cwd: work.dir, flags };
  const start = ["localctl", "start", ...OTHER, "--mock-missing-secrets"];
  const started = await theory(start, options);
  assert.equal(started.code, 0, started.stderr);
  const status = await theory(["localctl", "status"], options);
  assert.match(status.stdout, /^demo\/probe@1 .* as recorded/m);
  const stop = ["localctl", "stop", "--all"];
  const { code, stdout, stderr } = await theory(stop, options);
  assert.equal(code, 10, stderr);
  assert.equal(stdout, "Stopped llm/litellm@1\n");
  assert.match(stderr, /^Run: .*--allow-net=.*unix:.* localctl stop --all$/m);
  const again = await theory([...stop, "--json"], options);
  assert.deepEqual(JSON.parse(again.stdout).error.details, { stopped: [] });
  // Only who sees the environment can say where the engine is.
  const type = (line: string) =>
    theory(stop, { ...options, flags: ["--no-prompt", ...toType(line)] });
  const named = await type(stderr);
  assert.match(named.stderr, /^Run: .*unix:\/nowhere\/docker\.sock/m);
  const last = await type(named.stderr);
  assert.equal(last.code, 9, last.stderr);
  assert.match(last.stderr, /"unix:\/\/\/nowhere\/docker\.sock"/);
});

Deno.test("engineNeeds() is about the engines that may be talked to, or about all", async () => {
  const env = (name: string) =>
    ({ HOME: "/home", XDG_RUNTIME_DIR: "/run/user" })[name];
  const path = "/run/podman/podman.sock";
  const podman = addressPermissions([
    { from: "default", url: `unix://${path}`, at: { path } },
  ]);
  const granted = each(podman).map(({ name, value }) => `${name} ${value}`);
  const { world } = plainWorld([], { env, granted });
  const { read, write, net } = await engineNeeds(world);
  assert.deepEqual({ read, write, net }, podman);
  const none = await engineNeeds(plainWorld([], { env, granted: [] }).world);
  assert.equal(none.read?.length, 6);
});

Deno.test("engineNeeds() leaves out the engines that are seen not to be there", async () => {
  const granted = ["read /var/run/docker.sock"];
  const { world } = plainWorld([], { granted });
  const { read, net } = await engineNeeds(world);
  const [docker, podman] = ["/var/run/docker.sock", "/run/podman/podman.sock"];
  assert.deepEqual(read, [podman, docker]);
  assert.deepEqual(net, [`unix:${podman}`, "127.0.0.1"]);
});

Deno.test("who may look for engines, and has none, is not asked for their sockets", async () => {
  await using work = await workFolder();
  const { dir: cwd } = work;
  const flags = ["--no-prompt", "--allow-read", "--allow-env"];
  const options = { cwd, flags: [...flags, "--allow-net=127.0.0.1"] };
  const { code, stderr } = await theory(["imagectl", "list"], options);
  assert.equal(code, 9, stderr);
  assert.match(stderr, /ERR_ENGINE_UNAVAILABLE .* and it is not there/);
});

Deno.test("a damaged configuration of logins stops nothing that needs no login", async () => {
  await using work = await workFolder();
  const { dir: cwd } = work;
  await Deno.writeTextFile(join(cwd, "config.json"), "{ broken");
  const env = { ...NO_LOGINS, DOCKER_CONFIG: cwd };
  const lines = [
    ["localctl", "start", ...OTHER, "--engine", "docker", "--hermetic"],
    ["registry", "new", "demo/hello@1", "--dir", "processors"],
    ["registry", "pin", "--ref", "demo/hello@1", "--registry", "processors"],
  ];
  const codes = [5, 0, 9];
  for (const [i, args] of lines.entries()) {
    const { code, stderr } = await theory(args, { cwd, env });
    assert.equal(code, codes[i], stderr);
    assert.doesNotMatch(stderr, /ERR_IMAGE_CREDENTIALS/);
  }
});

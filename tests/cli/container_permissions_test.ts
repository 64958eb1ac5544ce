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
import { HELLO, NO_LOGINS, theory, workFolder } from "./theory.ts";

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
    const flags = ["--no-prompt", ...usual(cwd)];
    const { code, stderr } = await theory(["localctl", ...line], {
      cwd,
      flags,
    });
    assert.equal(code, 10, stderr);
    assert.match(stderr, /^Run: .*--allow-net=.*unix:.*\/docker\.sock/m);
  }
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
  const options = { cwd: work.dir, flags: ["--no-prompt", ...usual(work.dir)] };
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

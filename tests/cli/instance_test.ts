import assert from "node:assert/strict";
import { join } from "node:path";
import { temporary } from "../adapters/temporary.ts";
import { HELLO, theory, workFolder } from "./theory.ts";

const REF = ["--ref", "llm/litellm@1"];
const START = ["localctl", "start", ...REF, "--mock-missing-secrets", "--json"];

Deno.test("localctl start, status, url, logs and stop tell one story", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const started = JSON.parse((await theory(START, { cwd })).stdout);
  assert.equal(started.status, "success");
  assert.equal(started.token, undefined);
  const again = JSON.parse((await theory(START, { cwd })).stdout);
  assert.equal(again.note, "already_running");
  assert.equal(again.pid, started.pid);

  const status = JSON.parse(
    (await theory(["localctl", "status", "--json"], { cwd })).stdout,
  );
  assert.equal(status.count, 1);
  assert.equal(status.instances[0].state, "running");
  assert.equal(status.instances[0].token, undefined);
  const url = await theory(["localctl", "url", ...REF], { cwd });
  assert.equal(url.stdout, `http://127.0.0.1:${started.port}\n`);
  assert.deepEqual(await (await fetch(`${url.stdout.trim()}/healthz`)).json(), {
    ok: true,
    digest: started.digest,
  });
  const logs = await theory(["localctl", "logs", ...REF, "--tail", "1"], {
    cwd,
  });
  assert.equal(typeof JSON.parse(logs.stdout).event, "string");

  const stopped = JSON.parse(
    (await theory(["localctl", "stop", ...REF, "--json"], { cwd })).stdout,
  );
  assert.deepEqual(stopped.stopped, ["llm/litellm@1"]);
  await assert.rejects(fetch(url.stdout.trim()));
  assert.equal((await theory(["localctl", "url", ...REF], { cwd })).code, 6);
  const none = JSON.parse(
    (await theory(["localctl", "stop", "--all", "--json"], { cwd })).stdout,
  );
  assert.deepEqual(none, {
    count: 0,
    note: "none_running",
    status: "success",
    stopped: [],
  });
});

Deno.test("localctl start names the secret that is missing", async () => {
  await using folder = await workFolder();
  const printed = await theory(["localctl", "start", ...REF, "--json"], {
    cwd: folder.dir,
  });
  assert.equal(printed.code, 4);
  assert.equal(JSON.parse(printed.stdout).error.code, "ERR_MISSING_SECRET");
  assert.match(printed.stderr, /OPENAI_API_KEY/);
});

Deno.test("localctl start keeps state private and secrets out of it", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const secret = "sk-very-secret-0123456789";
  const env = { OPENAI_API_KEY: secret };
  const started = JSON.parse(
    (await theory(["localctl", "start", ...REF, "--json"], { cwd, env }))
      .stdout,
  );
  assert.equal(((await Deno.stat(`${cwd}/.theory`)).mode ?? 0) & 0o777, 0o700);
  const argv = await Deno.readTextFile(`/proc/${started.pid}/cmdline`);
  assert.equal(argv.includes(secret), false);
  for await (
    const { name, isFile } of Deno.readDir(`${cwd}/.theory/instances`)
  ) {
    if (!isFile) continue;
    const path = `${cwd}/.theory/instances/${name}`;
    assert.equal(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o600, name);
    assert.equal((await Deno.readTextFile(path)).includes(secret), false, name);
  }
});

Deno.test("localctl start refuses a wait, a port and a ref that make no sense", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  for (const args of [["--wait", "soon"], ["--port", "99999"]]) {
    assert.equal((await theory([...START, ...args], { cwd })).code, 2);
  }
  const unknown = await theory([
    "localctl",
    "start",
    "--ref",
    "llm/litelm@1",
    "--json",
  ], { cwd });
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /llm\/litellm@1/);
});

Deno.test("localctl reaches processors on this machine past a proxy that the environment names", async () => {
  await using folder = await workFolder();
  // Nobody listens at port 9.
  const nowhere = "http://127.0.0.1:9";
  const env = { HTTP_PROXY: nowhere, http_proxy: nowhere, ALL_PROXY: nowhere };
  const behind = { cwd: folder.dir, env };
  const inputs = '{"schema":"v1","params":{"messages":[{"content":"Hello"}]}}';
  const run = ["localctl", "run", ...REF, "--inputs-json", inputs];
  const codes: number[] = [];
  for (
    const line of [
      run,
      START,
      run,
      ["localctl", "status", ...REF],
      ["localctl", "stop", ...REF],
    ]
  ) codes.push((await theory(line, behind)).code);
  assert.deepEqual(codes, [0, 0, 0, 0, 0]);
});

Deno.test("localctl start refuses in the sandbox what is for containers alone", async () => {
  await using work = await workFolder();
  const lines = [
    ["--engine", "sandbox", "--hermetic"],
    ["--engine", "sandbox", "--platform", "amd64"],
    ["--platform", "arm64"],
  ];
  for (const line of lines) {
    const printed = await theory([...START, ...line], { cwd: work.dir });
    assert.equal(printed.code, 2, printed.stderr);
    assert.match(printed.stderr, /^error ERR_USAGE Cannot start with --/);
  }
});

Deno.test("a run in the sandbox goes on where an engine hangs on which a killed start left something", async () => {
  await using temp = await temporary();
  await using folder = await workFolder();
  const path = join(temp.folder, "engine.sock");
  const goesOn = Promise.withResolvers<Response>();
  const asked: string[] = [];
  await using _server = Deno.serve({ path, onListen: () => {} }, ({ url }) => {
    const { pathname } = new URL(url);
    asked.push(pathname);
    return pathname === "/_ping" ? new Response("OK") : goesOn.promise;
  });
  const instances = join(folder.dir, ".theory/instances");
  await Deno.mkdir(instances, { recursive: true });
  await Deno.mkdir(join(folder.dir, ".theory/runs/demo~left@1"), {
    recursive: true,
  });
  const pending = join(instances, "demo~left@1.pending");
  await Deno.writeTextFile(pending, `unix://${path}`);
  await Deno.writeTextFile(join(instances, "demo~left@1.lock"), "");
  const env = { DOCKER_HOST: `unix://${path}` };
  const args = ["localctl", "run", ...REF, "--inputs-json", HELLO];
  const { code, stderr } = await theory(args, { cwd: folder.dir, env });
  goesOn.resolve(new Response());
  assert.equal(code, 0, stderr);
  assert.ok(asked.includes("/containers/json"), `${asked}`);
  await Deno.stat(pending);
});

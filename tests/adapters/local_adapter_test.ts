import assert from "node:assert/strict";
import { join } from "node:path";
import type { Envelope, RunEvent } from "../../schemas/mod.ts";
import { canonicalJson, Failure } from "../../schemas/mod.ts";
import { openLocal, textOf, treeOf } from "./local_fixture.ts";
import type { Local } from "./local_fixture.ts";
import { processesOf } from "./sandbox_fixture.ts";

function errorOf(envelope: Envelope) {
  assert.ok(envelope.status === "error", "an error envelope was expected");
  return envelope.error;
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("It did not fail");
}

/** What is left of runs in the state folder. */
async function runsLeft({ sandbox }: Local): Promise<readonly string[]> {
  const left = await treeOf(join(sandbox.stateDir, "runs")).catch(() => []);
  // A server keeps folders for runs to come, which begin with a dot.
  return left.filter((path) => !/^[^/]+(\/\.[^/]+)?$/.test(path));
}

Deno.test("invoke() runs mock in an ephemeral sandbox when no instance runs, and says so", async () => {
  await using local = await openLocal();
  const envelope = await local.invoke({ name: "Ada" });
  assert.equal(await textOf(local, envelope, "response.txt"), "Hello, Ada\n");
  assert.equal(local.notes.length, 1);
  assert.match(local.notes[0] ?? "", /demo\/hello@1.*ephemeral/);
  assert.deepEqual(await treeOf(join(local.sandbox.stateDir, "runs")), []);
  assert.deepEqual(await local.sandbox.engine.list(), []);
});

Deno.test("invoke() tells events as they come", async () => {
  await using local = await openLocal();
  await local.invoke({});
  assert.deepEqual(local.events.map(({ kind }) => kind), [
    "Event",
    "Event",
    "Token",
    "Token",
    "Event",
  ]);
});

Deno.test("invoke() tells its phases in order, and does not collect what failed", async () => {
  await using local = await openLocal();
  const phases: string[] = [];
  const onPhase = (phase: string) => void phases.push(phase);
  await local.invoke({}, {}, { onPhase });
  assert.deepEqual(phases.splice(0), ["start", "run", "collect"]);
  await local.invoke({ do: "throw" }, {}, { onPhase });
  assert.deepEqual(phases, ["start", "run"]);
});

Deno.test("invoke() runs on the instance that runs, without a note", async () => {
  await using local = await openLocal();
  await local.sandbox.start();
  const envelope = await local.invoke({ name: "Ada" });
  assert.equal(await textOf(local, envelope, "response.txt"), "Hello, Ada\n");
  assert.deepEqual(local.notes, []);
  assert.deepEqual(await runsLeft(local), []);
});

Deno.test("invoke() answers in mock with the same bytes from a sandbox and an instance", async () => {
  await using local = await openLocal();
  const ephemeral = canonicalJson(await local.invoke({ name: "Ada" }));
  const failed = canonicalJson(await local.invoke({ do: "throw" }));
  await local.sandbox.start();
  assert.equal(canonicalJson(await local.invoke({ name: "Ada" })), ephemeral);
  assert.equal(canonicalJson(await local.invoke({ name: "Ada" })), ephemeral);
  assert.equal(canonicalJson(await local.invoke({ do: "throw" })), failed);
});

Deno.test("invoke() fabricates outputs in smoke, without any process", async () => {
  await using local = await openLocal({ sandbox: { denoCommand: "/none" } });
  const envelope = await local.invoke({}, { mode: "smoke" });
  assert.ok(envelope.status === "success");
  const prefix = "/artifacts/outputs/demo_hello/E1/";
  assert.deepEqual(envelope.outputs.map(({ path }) => path), [
    `${prefix}response.txt`,
    `${prefix}sub/sample`,
  ]);
  assert.equal(envelope.meta.mode, "smoke");
  assert.deepEqual(local.notes, []);
});

Deno.test("invoke() does not start anything for a real run", async () => {
  await using local = await openLocal();
  const failure = await failureOf(local.invoke({}, { mode: "real" }));
  assert.equal(failure.code, "ERR_NOT_RUNNING");
  assert.equal(failure.hint, "localctl start --ref demo/hello@1");
});

Deno.test("invoke() has nowhere to run mock without an instance and a handler", async () => {
  await using local = await openLocal();
  const { processor } = local.sandbox;
  const { handler: _, ...entry } = processor.entry;
  const processors = { [entry.ref]: { ...processor, entry } };
  const running = local.invoke({}, { registrySnapshot: { processors } });
  assert.equal((await failureOf(running)).code, "ERR_NOT_RUNNING");
});

Deno.test("invoke() names adapter, digest, secrets and duration in real", async () => {
  const times = [1000, 1250];
  await using local = await openLocal({ monotonic: () => times.shift() ?? 0 });
  const { digest } = await local.sandbox.start();
  const envelope = await local.invoke({}, { mode: "real" });
  assert.ok(envelope.status === "success");
  assert.equal(envelope.meta.duration_ms, 250);
  assert.equal(envelope.meta.image_digest, digest);
  assert.equal(
    envelope.meta.env_fingerprint,
    `adapter=local,image_digest=${digest},cpu=1,memory_gb=2,timeout_s=600,snapshot=off,present_env_keys=[DEMO_KEY]`,
  );
});

Deno.test("invoke() demands that the instance has the required secrets for real", async () => {
  await using local = await openLocal();
  await local.sandbox.start({ secrets: new Map() });
  const failure = await failureOf(local.invoke({}, { mode: "real" }));
  assert.equal(failure.code, "ERR_MISSING_SECRET");
  assert.match(failure.message, /DEMO_KEY/);
  assert.equal((await local.invoke({})).status, "success");
});

Deno.test("invoke() shows the value of a secret nowhere", async () => {
  await using local = await openLocal();
  await local.sandbox.start();
  const envelope = await local.invoke({ do: "leak" }, { mode: "real" });
  assert.deepEqual(errorOf(envelope), {
    code: "ERR_DEMO",
    message: "Cannot use ***: refused",
    details: { key: "***", list: ["***"] },
  });
  const log = join(local.sandbox.stateDir, "instances", "demo~hello@1.log");
  const texts = [
    JSON.stringify(local.events),
    await Deno.readTextFile(log),
  ];
  for (const text of texts) {
    assert.match(text, /\*\*\*/);
    assert.doesNotMatch(text, /very-secret/);
  }
});

Deno.test("invoke() hides the value of a secret that the processor did not hide", async () => {
  const secretValues = ["sk-very-secret"];
  await using local = await openLocal({
    secretValues,
    transport: {
      run: (_, { onEvent }) => {
        onEvent({ kind: "Token", content: { text: "is sk-very-secret" } });
        const message = `No sk-very-secret (${btoa("sk-very-secret")})`;
        const error = { code: "ERR_X", message, details: secretValues };
        return Promise.resolve({ status: "error", error });
      },
    },
  });
  await local.sandbox.start();
  const envelope = await local.invoke({}, { mode: "real" });
  assert.deepEqual(errorOf(envelope), {
    code: "ERR_X",
    message: "No *** (***)",
    details: ["***"],
  });
  assert.deepEqual(local.events, [
    { kind: "Token", content: { text: "is ***" } },
  ]);
});

Deno.test("invoke() gives no secret to a mock run", async () => {
  await using local = await openLocal();
  await local.sandbox.start();
  const { message } = errorOf(await local.invoke({ do: "leak" }));
  assert.equal(message, "Cannot use no key: refused");
});

const PROCESSOR_ERRORS: Readonly<Record<string, string>> = {
  fail: "ERR_DEMO",
  throw: "ERR_RUNTIME",
  undeclared: "ERR_OUTPUT_UNDECLARED",
  nothing: "ERR_OUTPUT_MISSING",
};

for (const [todo, code] of Object.entries(PROCESSOR_ERRORS)) {
  Deno.test(`invoke() answers a run that does "${todo}" with an envelope of ${code}`, async () => {
    await using local = await openLocal();
    await local.sandbox.start();
    const envelope = await local.invoke({ do: todo });
    assert.equal(errorOf(envelope).code, code);
    assert.deepEqual(await runsLeft(local), []);
  });
}

Deno.test("invoke() answers outputs that break a rule with an error envelope", async () => {
  await using local = await openLocal({
    transport: { run: () => Promise.resolve({ status: "success" }) },
  });
  const { runsDir } = await local.sandbox.start();
  const folder = join(runsDir, "E1", "outputs", "demo_hello", "E1");
  await Deno.mkdir(folder, { recursive: true });
  await Deno.symlink("/etc/hostname", join(folder, "response.txt"));
  const envelope = await local.invoke({});
  assert.equal(errorOf(envelope).code, "ERR_OUTPUT_UNSAFE");
  assert.deepEqual(await runsLeft(local), []);
});

Deno.test("invoke() answers a run that takes too long with an envelope of ERR_RUN_TIMEOUT", async () => {
  await using local = await openLocal();
  const adapterOpts = { timeoutS: 0.2 };
  const envelope = await local.invoke({ do: "spin" }, { adapterOpts });
  assert.equal(errorOf(envelope).code, "ERR_RUN_TIMEOUT");
  assert.deepEqual(await treeOf(join(local.sandbox.stateDir, "runs")), []);
});

for (const where of ["an instance", "an ephemeral sandbox"]) {
  Deno.test(`invoke() answers a cancelled run on ${where} with an envelope of ERR_PREEMPTED`, async () => {
    await using local = await openLocal();
    if (where === "an instance") await local.sandbox.start();
    const controller = new AbortController();
    const envelope = await local.invoke({ do: "wait" }, {}, {
      signal: controller.signal,
      onEvent: ({ kind }) => kind === "Token" && controller.abort(),
    });
    assert.equal(errorOf(envelope).code, "ERR_PREEMPTED");
    assert.deepEqual(await runsLeft(local), []);
    // The instance is there for the next run.
    assert.equal((await local.invoke({})).status, "success");
  });
}

/** Of two, so that what is done then is done once. */
function isLastToken(event: RunEvent): boolean {
  return event.kind === "Token" && event.content.text === "lo";
}

Deno.test("invoke() throws ERR_INSTANCE_DIED when the server dies in the middle, and leaves nothing", async () => {
  await using local = await openLocal();
  const { pid } = await local.sandbox.start();
  const running = local.invoke({ do: "wait" }, {}, {
    onEvent: (event) => isLastToken(event) && Deno.kill(pid, "SIGKILL"),
  });
  assert.equal((await failureOf(running)).code, "ERR_INSTANCE_DIED");
  assert.deepEqual(await runsLeft(local), []);
});

Deno.test("invoke() shows the end of the log of an ephemeral sandbox that dies", async () => {
  await using local = await openLocal();
  const running = local.invoke({ do: "wait" }, {}, {
    onEvent: async (event) => {
      if (!isLastToken(event)) return;
      const [pid] = await processesOf(local.sandbox.root);
      if (pid !== undefined) Deno.kill(Number(pid), "SIGKILL");
    },
  });
  const failure = await failureOf(running);
  assert.equal(failure.code, "ERR_INSTANCE_DIED");
  assert.match(failure.message, /killed by SIGKILL/);
  assert.match(failure.hint ?? "", /server\.start/);
  assert.deepEqual(await treeOf(join(local.sandbox.stateDir, "runs")), []);
});

Deno.test("invoke() reaches a host in real alone, and only one that the instance may reach", async () => {
  await using host = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response("from the host"),
  );
  const address = `127.0.0.1:${host.addr.port}`;
  const params = { do: "fetch", url: `http://${address}/` };
  await using local = await openLocal();
  await local.sandbox.start({ allowNet: [address] });
  const envelope = await local.invoke(params, { mode: "real" });
  assert.equal(
    await textOf(local, envelope, "response.txt"),
    "from the host",
  );
  const inMock = await local.invoke(params);
  assert.equal(errorOf(inMock).code, "ERR_HERMETIC");
  await local.sandbox.engine.stop("demo/hello@1");
  await local.sandbox.start();
  const notAllowed = await local.invoke(params, { mode: "real" });
  assert.equal(errorOf(notAllowed).code, "ERR_HERMETIC");
});

Deno.test("invoke() refuses an instance whose processor was changed since it started", async () => {
  await using local = await openLocal();
  await local.sandbox.start();
  const file = join(local.sandbox.processor.dir, "handler.ts");
  await Deno.writeTextFile(file, "\n// changed\n", { append: true });
  const failure = await failureOf(local.invoke({}));
  assert.equal(failure.code, "ERR_IMAGE_DRIFT");
  assert.match(failure.hint ?? "", /localctl stop/);
});

Deno.test("invoke() uses an ephemeral sandbox when the recorded instance has died", async () => {
  await using local = await openLocal();
  const { pid } = await local.sandbox.start();
  Deno.kill(pid, "SIGKILL");
  while ((await local.sandbox.engine.find("demo/hello@1"))?.state !== "stale");
  assert.equal((await local.invoke({})).status, "success");
  assert.equal(local.notes.length, 1);
});

Deno.test("invoke() keeps runs at the same time apart", async () => {
  await using local = await openLocal();
  await local.sandbox.start();
  const names = ["a", "b", "c", "d", "e"];
  const envelopes = await Promise.all(
    names.map((name) => local.invoke({ name }, { executionId: `E-${name}` })),
  );
  for (const [i, name] of names.entries()) {
    const envelope = envelopes[i];
    assert.ok(envelope !== undefined);
    const text = await textOf(local, envelope, "response.txt");
    assert.equal(text, `Hello, ${name}\n`);
  }
  assert.deepEqual(await runsLeft(local), []);
});

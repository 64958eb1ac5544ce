import assert from "node:assert/strict";
import { join } from "node:path";
import { envelopeOf, HELLO, theory, workFolder } from "./theory.ts";

const REF = ["--ref", "llm/litellm@1"];

Deno.test("localctl run prints one canonical envelope and stores its outputs", async () => {
  await using folder = await workFolder();
  const printed = await theory(
    ["localctl", "run", ...REF, "--inputs-json", HELLO, "--execution-id", "E1"],
    { cwd: folder.dir },
  );
  assert.equal(printed.code, 0, printed.stderr);
  const envelope = envelopeOf(printed);
  assert.equal(envelope.status, "success");
  assert.equal(envelope["execution_id"], "E1");
  assert.equal(envelope["index_path"], "/artifacts/execution/E1/outputs.json");
  const paths = envelope.outputs?.map(({ path }) => path) ?? [];
  assert.deepEqual(paths, [...paths].sort());
  for (const path of paths) {
    assert.match(path, /^\/artifacts\/outputs\/llm_litellm\/E1\//);
  }
  for (const { cid } of envelope.outputs ?? []) {
    const hex = cid.slice(3);
    const object = join(
      folder.dir,
      ".theory/artifacts/objects",
      hex.slice(0, 2),
      hex,
    );
    assert.equal((await Deno.stat(object)).isFile, true);
  }
});

Deno.test("localctl run takes the same document in three ways, and says the same", async () => {
  await using folder = await workFolder();
  await Deno.writeTextFile(join(folder.dir, "inputs.json"), HELLO);
  await Deno.writeTextFile(
    join(folder.dir, "inputs.yaml"),
    "schema: v1\nparams:\n  messages:\n    - role: user\n      content: Hello\n",
  );
  const ways: (readonly [readonly string[], string])[] = [
    [["--inputs-json", HELLO], ""],
    [["--inputs-file", "inputs.json"], ""],
    [["--inputs-file", "inputs.yaml"], ""],
    [["--inputs", "-"], HELLO],
    [
      ["--inputs", "-"],
      "schema: v1\nparams: {messages: [{role: user, content: Hello}]}\n",
    ],
  ];
  const seen = new Set<string>();
  for (const [args, stdin] of ways) {
    const line = ["localctl", "run", ...REF, ...args, "--execution-id", "same"];
    const printed = await theory(line, { cwd: folder.dir, stdin });
    assert.equal(printed.code, 0, printed.stderr);
    seen.add(printed.stdout);
  }
  assert.equal(seen.size, 1);
});

Deno.test("localctl run answers byte for byte the same in mock, ephemeral or on an instance", async () => {
  await using folder = await workFolder();
  const line = [
    "localctl",
    "run",
    ...REF,
    "--inputs-json",
    HELLO,
    "--execution-id",
    "same",
  ];
  const first = await theory(line, { cwd: folder.dir });
  const second = await theory(line, { cwd: folder.dir });
  const started = await theory(
    ["localctl", "start", ...REF, "--mock-missing-secrets", "--json"],
    { cwd: folder.dir },
  );
  assert.equal(started.code, 0, started.stderr);
  const third = await theory(line, { cwd: folder.dir });
  assert.equal(first.code, 0, first.stderr);
  assert.equal(second.stdout, first.stdout);
  assert.equal(third.stdout, first.stdout);
  assert.match(first.stderr, /ephemeral/);
  assert.doesNotMatch(third.stderr, /ephemeral/);
});

Deno.test("localctl run mirrors world paths under --save-dir", async () => {
  await using folder = await workFolder();
  const printed = await theory(
    ["localctl", "run", ...REF, "--inputs-json", HELLO, "--save-dir", "out"],
    { cwd: folder.dir },
  );
  assert.equal(printed.code, 0, printed.stderr);
  for (const { path, size_bytes } of envelopeOf(printed).outputs ?? []) {
    const { size } = await Deno.stat(join(folder.dir, "out", path));
    assert.equal(size, size_bytes);
  }
});

Deno.test("localctl run refuses a --save-dir that cannot be written before anything runs", async () => {
  await using folder = await workFolder();
  await Deno.writeTextFile(join(folder.dir, "file"), "");
  const printed = await theory(
    [
      "localctl",
      "run",
      ...REF,
      "--inputs-json",
      HELLO,
      "--save-dir",
      "file/out",
    ],
    { cwd: folder.dir },
  );
  assert.equal(printed.code, 2);
  assert.equal(envelopeOf(printed).error?.code, "ERR_SAVE_TARGET");
  await assert.rejects(
    Deno.stat(join(folder.dir, ".theory/artifacts/objects")),
  );
});

Deno.test("localctl run rewrites attachments in every hermetic mode", async () => {
  await using folder = await workFolder();
  await Deno.writeTextFile(join(folder.dir, "note.txt"), "a note\n");
  const inputs = JSON.stringify({
    schema: "v1",
    params: { messages: [{ role: "user", content: [{ $attach: "note" }] }] },
  });
  for (const mode of ["mock", "smoke"]) {
    const printed = await theory(
      [
        "localctl",
        "run",
        ...REF,
        "--mode",
        mode,
        "--inputs-json",
        inputs,
        "--attach",
        "note=note.txt",
      ],
      { cwd: folder.dir },
    );
    assert.equal(printed.code, 0, printed.stderr);
    assert.equal(envelopeOf(printed).status, "success");
  }
});

Deno.test("localctl run in real answers that nothing runs, with the line to type", async () => {
  await using folder = await workFolder();
  const printed = await theory(
    ["localctl", "run", ...REF, "--mode", "real", "--inputs-json", HELLO],
    { cwd: folder.dir },
  );
  assert.equal(printed.code, 6);
  assert.equal(envelopeOf(printed).error?.code, "ERR_NOT_RUNNING");
  assert.match(printed.stderr, /localctl start --ref llm\/litellm@1/);
});

Deno.test("localctl run takes old spellings of modes, and mock under CI", async () => {
  await using folder = await workFolder();
  const old = await theory(
    ["localctl", "run", ...REF, "--mode", "default", "--inputs-json", HELLO],
    { cwd: folder.dir },
  );
  assert.equal(envelopeOf(old).error?.code, "ERR_NOT_RUNNING");
  const ci = await theory(["localctl", "run", ...REF, "--inputs-json", HELLO], {
    cwd: folder.dir,
    env: { CI: "true" },
  });
  assert.equal(ci.code, 0, ci.stderr);
  assert.deepEqual(
    envelopeOf(ci)["meta"] && (envelopeOf(ci)["meta"] as { mode: string }).mode,
    "mock",
  );
});

Deno.test("localctl run --stream writes NDJSON to stderr and the envelope alone to stdout", async () => {
  await using folder = await workFolder();
  const printed = await theory(
    ["localctl", "run", ...REF, "--inputs-json", HELLO, "--stream"],
    { cwd: folder.dir },
  );
  const events = printed.stderr.split("\n").filter((line) =>
    line.startsWith("{")
  )
    .map((line) => JSON.parse(line));
  assert.deepEqual(events[0], { kind: "Event", content: { phase: "started" } });
  assert.ok(events.some(({ kind }) => kind === "Token"));
  assert.equal(envelopeOf(printed).status, "success");
});

Deno.test("localctl run checks inputs before anything starts", async () => {
  await using folder = await workFolder();
  const inputs = '{"schema":"v1","params":{"mesages":[]}}';
  const printed = await theory([
    "localctl",
    "run",
    ...REF,
    "--inputs-json",
    inputs,
  ], { cwd: folder.dir });
  assert.equal(printed.code, 3);
  assert.equal(envelopeOf(printed).error?.code, "ERR_INPUTS");
  assert.match(printed.stderr, /--inputs-json:1:2\d/);
  assert.match(printed.stderr, /messages/);
  await assert.rejects(Deno.stat(join(folder.dir, ".theory")));
});

Deno.test("run_processor runs the older documents' command", async () => {
  await using folder = await workFolder();
  const printed = await theory([
    "run_processor",
    ...REF,
    "--adapter",
    "local",
    "--mode",
    "smoke",
    "--inputs-json",
    '{"messages":[{"role":"user","content":"Hello!"}]}',
    "--json",
  ], { cwd: folder.dir });
  assert.equal(printed.code, 0, printed.stderr);
  const [first] = envelopeOf(printed).outputs ?? [];
  assert.match(first?.path ?? "", /^\/artifacts\/outputs\/(text|metadata)/);
});

Deno.test("localctl run and check refuse a --ref that names no entry, and suggest one", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const run = await theory([
    "localctl",
    "run",
    "--ref",
    "llm/litelm@1",
    "--inputs-json",
    HELLO,
  ], { cwd });
  assert.equal(run.code, 2);
  assert.equal(envelopeOf(run).error?.code, "ERR_REF_UNKNOWN");
  assert.match(run.stderr, /llm\/litellm@1/);
  const check = await theory(["check", "-", "--ref", "nope/x@1"], {
    cwd,
    stdin: HELLO,
  });
  assert.equal(check.code, 2);
  assert.match(check.stderr, /ERR_REF_UNKNOWN/);
});

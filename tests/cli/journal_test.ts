import assert from "node:assert/strict";
import { join } from "node:path";
import type { RunRecord } from "../../adapters/mod.ts";
import { envelopeOf, HELLO, spawn, theory, workFolder } from "./theory.ts";

const REF = ["--ref", "llm/litellm@1"];
const SMOKE = ["localctl", "run", ...REF, "--mode", "smoke"];

/** Does what its `name` says. */
const HANDLER = `
export async function handle(run) {
  if (run.params.name === "throws") throw new Error("it is broken");
  run.emit("begun", { step: 1 });
  if (run.params.name === "sleeps") {
    await new Promise((_, reject) => {
      run.signal.addEventListener("abort", () => reject(new Error("cancelled")));
    });
  }
  await run.write("text/response.txt", "Hello, " + run.params.name);
  await run.write("metadata.json", "{}");
}
`;

async function processor(cwd: string): Promise<void> {
  const made = await theory(["registry", "new", "demo/act@1"], { cwd });
  assert.equal(made.code, 0, made.stderr);
  await Deno.writeTextFile(
    join(cwd, "registry/demo/act/1/handler.ts"),
    HANDLER,
  );
}

function act(name: string, ...more: readonly string[]): readonly string[] {
  return [
    ...["localctl", "run", "--registry", "registry", "--ref", "demo/act@1"],
    ...["--inputs-json", `{"schema":"v1","params":{"name":"${name}"}}`],
    ...["--execution-id", name, ...more],
  ];
}

/** What is recorded, by execution id; the last run with each. */
async function recordsIn(
  cwd: string,
): Promise<Readonly<Record<string, RunRecord>>> {
  const printed = await theory(["runs", "list", "--json", "--limit", "1000"], {
    cwd,
  });
  assert.equal(printed.code, 0, printed.stderr);
  const records: RunRecord[] = JSON.parse(printed.stdout).runs;
  return Object.fromEntries(
    records.reverse().map((record) => [record.execution_id, record]),
  );
}

/** Starts a run and waits until its handler goes on. */
async function going(cwd: string, name: string): Promise<Deno.ChildProcess> {
  const child = spawn(act(name, "--stream"), { cwd });
  await child.stdin.close();
  const reader = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
  for (let seen = ""; !seen.includes("begun");) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`Cannot find the event: ${seen}`);
    seen += value;
  }
  void (async () => {
    while (!(await reader.read()).done);
  })();
  return child;
}

/** The program with a full pipe as its standard output, from which nobody reads. */
function spawnPrintingInVain(
  args: readonly string[],
  cwd: string,
): Deno.ChildProcess {
  const main = join(import.meta.dirname ?? ".", "../../main.ts");
  const command = [Deno.execPath(), "run", "--quiet", "-A", main, ...args];
  // Open for reading, too, the pipe is neither waited for nor broken.
  const fill = "mkfifo full; exec 3<>full; head -c 65536 /dev/zero >&3";
  return new Deno.Command("bash", {
    args: ["-c", `${fill}; exec "$@" >&3`, "bash", ...command],
    cwd,
    stdin: "null",
    stderr: "null",
  }).spawn();
}

Deno.test("every end of a run is recorded as it was", async () => {
  await using folder = await workFolder();
  const cwd = folder.dir;
  await processor(cwd);
  const printed = {
    well: await theory(act("well"), { cwd }),
    throws: await theory(act("throws"), { cwd }),
    real: await theory([...act("real"), "--mode", "real"], { cwd }),
    sleeps: await theory(act("sleeps", "--timeout", "1s"), { cwd }),
    file: await theory(act("file", "--attach", "x=none"), { cwd }),
    unsaved: await theory(act("unsaved", "--save-dir", "out/x"), { cwd }),
  };
  const records = await recordsIn(cwd);
  // What was refused before it was a run is not one.
  assert.deepEqual(
    Object.keys(records).sort(),
    ["real", "sleeps", "throws", "unsaved", "well"],
  );
  for (const [id, record] of Object.entries(records)) {
    const { code, ...rest } = printed[id as keyof typeof printed];
    assert.equal(record.exit_code, code, rest.stderr);
    const { status, envelope } = record;
    const said = envelopeOf({ code, ...rest });
    assert.deepEqual(envelope, said);
    const expected = { 0: "success", 7: "timeout" }[code] ?? "error";
    assert.equal(status, expected, id);
    assert.ok(Number(record.timings_ms.check) > 0);
    assert.match(record.inputs ?? "", /^b3:/);
    assert.match(record.registry_snapshot ?? "", /^b3:/);
  }
  assert.equal(printed.sleeps.code, 7);
  assert.equal(printed.real.code, 6);
  assert.deepEqual(Object.keys(records["unsaved"]?.timings_ms ?? {}), [
    ...["attach", "check", "collect", "run", "save", "start"],
  ]);
  assert.deepEqual(
    records["sleeps"]?.events.at(-1)?.content,
    { phase: "begun", step: 1 },
  );
});

for (const signal of ["SIGINT", "SIGKILL"] as const) {
  Deno.test(`a run that ${signal} ends is recorded truthfully`, async () => {
    await using folder = await workFolder();
    const cwd = folder.dir;
    await processor(cwd);
    const child = await going(cwd, "sleeps");
    const before = await recordsIn(cwd);
    assert.equal(before["sleeps"]?.status, "running");
    child.kill(signal);
    const stdout = await new Response(child.stdout).text();
    const { code } = await child.status;
    const { sleeps } = await recordsIn(cwd);
    assert.equal(sleeps?.phase, "run");
    if (signal === "SIGKILL") {
      assert.equal(sleeps.status, "died");
      assert.deepEqual([sleeps.exit_code, sleeps.envelope], [
        undefined,
        undefined,
      ]);
    } else {
      assert.deepEqual([code, sleeps.status, sleeps.exit_code], [
        130,
        "cancelled",
        130,
      ]);
      assert.deepEqual(sleeps.envelope, JSON.parse(stdout));
    }
    const held = await Array.fromAsync(
      Deno.readDir(join(cwd, ".theory/running")),
    );
    assert.deepEqual(held, []);
  });
}

Deno.test("a run that is killed while it prints its answer keeps the index that this names", async () => {
  await using folder = await workFolder();
  const cwd = folder.dir;
  const child = spawnPrintingInVain(
    [...SMOKE, "--inputs-json", HELLO, "--execution-id", "E1"],
    cwd,
  );
  while ((await recordsIn(cwd))["E1"]?.envelope === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill("SIGKILL");
  await child.status;
  const { E1 } = await recordsIn(cwd);
  assert.equal(E1?.status, "died");
  const gc = await theory(["artifacts", "gc", "--older-than", "0"], { cwd });
  assert.equal(gc.code, 0, gc.stderr);
  const index = await theory(
    ["artifacts", "get", "/artifacts/execution/E1/outputs.json"],
    { cwd },
  );
  assert.equal(index.code, 0, index.stderr);
  const { outputs } = JSON.parse(index.stdout);
  assert.ok(E1.envelope?.status === "success");
  assert.deepEqual(outputs, E1.envelope.outputs);
});

Deno.test("what runs print does not depend on the journal", async () => {
  await using folder = await workFolder();
  const cwd = folder.dir;
  const line = [...SMOKE, "--inputs-json", HELLO, "--execution-id", "same"];
  const first = await theory(line, { cwd });
  const journal = join(cwd, ".theory/journal.db");
  await Deno.writeTextFile(journal, "no database ".repeat(1000));
  const damaged = await theory(line, { cwd });
  const third = await theory(line, { cwd });
  assert.equal(first.code, 0, first.stderr);
  assert.equal(damaged.stdout, first.stdout);
  assert.equal(third.stdout, first.stdout);
  assert.equal(first.stderr, "");
  assert.match(
    damaged.stderr,
    /^Journal ".*journal\.db" is damaged: it was kept as ".*damaged-.*", and a new one begun\n$/,
  );
  assert.equal(third.stderr, "");
  const gc = await theory(["artifacts", "gc"], { cwd });
  assert.equal(gc.code, 9);
  assert.match(gc.stderr, /ERR_JOURNAL Cannot tell what recorded runs need/);
});

Deno.test("a journal that cannot be written is said before anything runs", async () => {
  await using folder = await workFolder();
  const cwd = folder.dir;
  await Deno.mkdir(join(cwd, ".theory/journal.db"), { recursive: true });
  const printed = await theory([...SMOKE, "--inputs-json", HELLO], { cwd });
  assert.equal(printed.code, 9);
  assert.equal(envelopeOf(printed).error?.code, "ERR_JOURNAL");
  assert.match(printed.stderr, /journal\.db/);
  await assert.rejects(Deno.stat(join(cwd, ".theory/artifacts/objects")));
});

Deno.test("runs rerun does the same again from the store, and says what changed", async () => {
  await using folder = await workFolder();
  const cwd = folder.dir;
  await processor(cwd);
  const first = await theory(act("well"), { cwd });
  const registry = ["--registry", "registry"];
  const again = await theory(["runs", "rerun", "well", ...registry], { cwd });
  assert.equal(again.code, 0, again.stderr);
  assert.doesNotMatch(again.stderr, /changed/);
  const id = String(envelopeOf(again)["execution_id"]);
  assert.notEqual(id, "well");
  assert.equal(again.stdout.replaceAll(id, "well"), first.stdout);

  const entry = join(cwd, "registry/demo/act/1/registry.yaml");
  const text = await Deno.readTextFile(entry);
  await Deno.writeTextFile(entry, text.replace(/^title: .*$/m, "title: New"));
  const third = await theory(["runs", "rerun", id.slice(0, 8), ...registry], {
    cwd,
  });
  assert.equal(third.code, 0, third.stderr);
  assert.match(
    third.stderr,
    /^Entry demo\/act@1 changed since run .*: \/title/m,
  );

  const gone = await theory(["runs", "rerun", "well"], { cwd });
  assert.equal(gone.code, 2, gone.stderr);
  assert.match(gone.stderr, /ERR_REF_UNKNOWN .*\n.*--registry/);
});

Deno.test("runs rerun needs neither the attached file nor the older state of things", async () => {
  await using folder = await workFolder();
  const cwd = folder.dir;
  await Deno.writeTextFile(join(cwd, "note.txt"), "a note\n");
  const inputs = JSON.stringify({
    schema: "v1",
    params: { messages: [{ role: "user", content: [{ $attach: "note" }] }] },
  });
  const line = ["localctl", "run", ...REF, "--attach", "note=note.txt"];
  const first = await theory(
    [...line, "--inputs-json", inputs, "--execution-id", "E1"],
    { cwd },
  );
  assert.equal(first.code, 0, first.stderr);
  await Deno.remove(join(cwd, "note.txt"));
  const gc = await theory(["artifacts", "gc", "--older-than", "0"], { cwd });
  assert.equal(gc.code, 0, gc.stderr);
  const again = await theory(
    ["runs", "rerun", "E1", "--execution-id", "E2", "--save-dir", "out"],
    { cwd },
  );
  assert.equal(again.code, 0, again.stderr);
  assert.equal(again.stdout.replaceAll("E2", "E1"), first.stdout);
  const { E2 } = await recordsIn(cwd);
  assert.deepEqual(E2?.command.slice(0, 3), ["runs", "rerun", "E1"]);

  const forgot = await theory(["runs", "gc", "--keep", "0"], { cwd });
  assert.match(forgot.stdout, /^Forgot 2 runs, kept 0\n$/);
  const unknown = await theory(["runs", "rerun", "E1"], { cwd });
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /ERR_RUN_UNKNOWN/);
});

Deno.test("runs diff names the first path that differs, and all others", async () => {
  await using folder = await workFolder();
  const cwd = folder.dir;
  await processor(cwd);
  for (const name of ["one", "two"]) {
    const { code, stderr } = await theory(act(name), { cwd });
    assert.equal(code, 0, stderr);
  }
  const same = await theory(["runs", "diff", "one", "one"], { cwd });
  assert.equal(same.stdout, "No difference between one and one\n");
  const text = await theory(["runs", "diff", "one", "two"], { cwd });
  assert.equal(text.code, 0, text.stderr);
  assert.match(text.stdout, /^First difference: \/envelope\/outputs\/1\/cid\n/);
  const json = await theory(["runs", "diff", "one", "two", "--json"], { cwd });
  const { equal, first, differences } = JSON.parse(json.stdout);
  assert.deepEqual([equal, first], [false, "/envelope/outputs/1/cid"]);
  assert.deepEqual(differences.slice(1), [
    { path: "/inputs/params/name", a: "one", b: "two" },
  ]);
});

Deno.test("runs list and show answer for people, also where nothing ran yet", async () => {
  await using folder = await workFolder();
  const cwd = folder.dir;
  const none = await theory(["runs", "list"], { cwd });
  assert.deepEqual([none.code, none.stdout, none.stderr], [
    0,
    "",
    "No recorded runs\n",
  ]);
  await assert.rejects(Deno.stat(join(cwd, ".theory")));
  const args = [...SMOKE, "--inputs-json", HELLO, "--execution-id", "E1"];
  assert.equal((await theory(args, { cwd })).code, 0);
  const list = await theory(["runs", "list", "--since", "1h"], { cwd });
  assert.match(list.stdout, /^E1 +success +llm\/litellm@1 +smoke +20\S+Z +/);
  const others = await theory(["runs", "list", "--status", "died"], { cwd });
  assert.equal(others.stdout, "");
  const show = await theory(["runs", "show", "E"], { cwd });
  assert.equal(show.code, 0, show.stderr);
  assert.match(show.stdout, /^E1\n {2}status {5}success, exit code 0\n/);
  assert.match(show.stdout, /^ {2}command .* --inputs-json \(inputs\) /m);
  const json = await theory(["runs", "show", "E1", "--json"], { cwd });
  const record: RunRecord = JSON.parse(json.stdout);
  assert.ok(!json.stdout.includes("Hello"));
  assert.deepEqual([record.execution_id, record.engine], ["E1", undefined]);
});

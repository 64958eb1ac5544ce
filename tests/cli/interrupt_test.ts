import assert from "node:assert/strict";
import { join } from "node:path";
import { envelopeOf, spawn, theory, workFolder } from "./theory.ts";

/** Tells that it runs, then goes on until it is cancelled; `stubborn` does not even listen. */
const HANDLER = `
export async function handle(run) {
  run.emit("sleeping");
  if (run.params.name === "stubborn") for (;;);
  await new Promise((_, reject) => {
    run.signal.addEventListener("abort", () => reject(new Error("cancelled")));
  });
}
`;

async function sleeper(cwd: string): Promise<readonly string[]> {
  const made = await theory(["registry", "new", "demo/sleep@1"], { cwd });
  assert.equal(made.code, 0, made.stderr);
  await Deno.writeTextFile(
    join(cwd, "registry/demo/sleep/1/handler.ts"),
    HANDLER,
  );
  return [
    "localctl",
    "run",
    "--registry",
    "registry",
    "--ref",
    "demo/sleep@1",
    "--stream",
  ];
}

/** Sends a signal to a run once its handler goes on. */
async function interrupted(cwd: string, signal: Deno.Signal, name = "x") {
  const args = [
    ...await sleeper(cwd),
    "--inputs-json",
    `{"schema":"v1","params":{"name":"${name}"}}`,
  ];
  const child = spawn(args, { cwd });
  await child.stdin.close();
  let stderr = "";
  const reading = (async () => {
    for await (
      const text of child.stderr.pipeThrough(new TextDecoderStream())
    ) {
      stderr += text;
      if (text.includes("sleeping")) child.kill(signal);
    }
  })();
  const stdout = await new Response(child.stdout).text();
  await reading;
  const { code } = await child.status;
  return { code, stdout, stderr };
}

/** Command lines of processes that have a folder in their arguments. */
async function processesOf(folder: string): Promise<readonly string[]> {
  const { stdout } = await new Deno.Command("pgrep", { args: ["-af", folder] })
    .output();
  return new TextDecoder().decode(stdout).split("\n").filter((line) =>
    line.includes("serve.ts")
  );
}

async function runFolders(cwd: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(join(cwd, ".theory/runs"))) {
    names.push(name);
  }
  return names;
}

for (const [signal, exit] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`localctl run on ${signal} cancels the run and leaves nothing behind`, async () => {
    await using folder = await workFolder();
    const printed = await interrupted(folder.dir, signal);
    assert.equal(printed.code, exit, printed.stderr);
    assert.equal(envelopeOf(printed).error?.code, "ERR_PREEMPTED");
    assert.deepEqual(await processesOf(folder.dir), []);
    assert.deepEqual(await runFolders(folder.dir), []);
  });
}

Deno.test("localctl run ends a handler that does not listen to cancelling", async () => {
  await using folder = await workFolder();
  const printed = await interrupted(folder.dir, "SIGINT", "stubborn");
  assert.equal(printed.code, 130, printed.stderr);
  assert.equal(envelopeOf(printed).error?.code, "ERR_PREEMPTED");
  assert.deepEqual(await processesOf(folder.dir), []);
});

Deno.test("localctl run past its timeout answers ERR_RUN_TIMEOUT", async () => {
  await using folder = await workFolder();
  const args = [
    ...await sleeper(folder.dir),
    "--inputs-json",
    '{"schema":"v1","params":{"name":"x"}}',
  ];
  const printed = await theory([...args, "--timeout", "1s"], {
    cwd: folder.dir,
  });
  assert.equal(printed.code, 7, printed.stderr);
  assert.equal(envelopeOf(printed).error?.code, "ERR_RUN_TIMEOUT");
});

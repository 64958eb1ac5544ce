import assert from "node:assert/strict";
import { join } from "node:path";
import { envelopeOf, spawn, theory, workFolder } from "./theory.ts";

/** Says far more than a pipe holds, and then waits to be cancelled. */
const TALKATIVE = `
export async function handle(run) {
  for (let i = 0; i < 2000; i++) run.token("0123456789".repeat(20));
  await run.write("text/response.txt", "said");
  await new Promise((resolve) => run.signal.addEventListener("abort", resolve));
}
`;

/** Milliseconds after which a command counts as not to be stopped. */
const LONG = 20_000;

/** Sends a signal after a moment, while one of the streams is not read; answers the exit code. */
async function stopped(
  child: Deno.ChildProcess,
  signal: "SIGINT" | "SIGTERM",
): Promise<number | undefined> {
  await new Promise((resolve) => setTimeout(resolve, 2000));
  child.kill(signal);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), LONG);
  late.signal.onabort = () => child.kill("SIGKILL");
  const { code } = await child.status;
  clearTimeout(timer);
  return late.signal.aborted ? undefined : code;
}

/** What can be read of a stream once its writer has ended. */
async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return await new Response(stream as BodyInit).text();
}

Deno.test("SIGINT ends artifacts get while nobody reads what it prints", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  await Deno.writeFile(join(cwd, "large.bin"), new Uint8Array(4 << 20));
  const put = await theory(["artifacts", "put", "large.bin", "--json"], {
    cwd,
  });
  const [cid = ""] = put.stdout.match(/b3:[0-9a-f]{64}/) ?? [];
  const child = spawn(["artifacts", "get", cid], { cwd });
  await child.stdin.close();
  assert.equal(await stopped(child, "SIGINT"), 130);
  assert.match(await textOf(child.stderr), /^error ERR_INTERRUPTED/);
  await child.stdout.cancel();
});

Deno.test("SIGTERM cancels a run while nobody reads what it streams", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const made = await theory(["registry", "new", "demo/talk@1"], { cwd });
  assert.equal(made.code, 0, made.stderr);
  const handler = join(cwd, "registry/demo/talk/1/handler.ts");
  await Deno.writeTextFile(handler, TALKATIVE);
  const child = spawn([
    ...["localctl", "run", "--registry", "registry", "--ref", "demo/talk@1"],
    ...["--inputs-json", '{"schema":"v1","params":{"name":"x"}}', "--stream"],
  ], { cwd });
  await child.stdin.close();
  const code = await stopped(child, "SIGTERM");
  const stdout = await textOf(child.stdout);
  await child.stderr.cancel();
  assert.equal(code, 143, stdout);
  const printed = { code: 143, stdout, stderr: "" };
  assert.equal(envelopeOf(printed).error?.code, "ERR_PREEMPTED");
});

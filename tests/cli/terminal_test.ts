import assert from "node:assert/strict";
import { join } from "node:path";
import { textWidth } from "../../cli/report/text_width.ts";
import { ownProcessor } from "./own_processor.ts";
import { inTerminal } from "./terminal.ts";
import { HELLO, workFolder } from "./theory.ts";

/** What ends a drawing of the line: it is drawn anew or removed. */
const ERASE = "\r\x1b[2K";

const SLOW = `
export async function handle(run) {
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await run.write("text/response.txt", "done");
  await run.write("metadata.json", "{}");
}
`;

/** The arguments that run a processor which works for longer than a progress line waits. */
function slowRun(dir: string): Promise<readonly string[]> {
  return ownProcessor(dir, "demo/slow@1", SLOW);
}

Deno.test("localctl run on a terminal draws one line while it works, removes it, and sums up", async () => {
  await using folder = await workFolder();
  const args = await slowRun(folder.dir);
  const shown = await inTerminal(args, { cwd: folder.dir, columns: 30 });
  const drawn = shown.split(ERASE).slice(1);
  assert.ok(drawn.length >= 3, shown);
  const last = drawn.at(-1) ?? "";
  for (const line of drawn.slice(0, -1)) {
    assert.ok(textWidth(line.split("\r\n")[0] ?? "") < 30, line);
  }
  assert.ok(drawn.some((line) => /^Running demo\/slow@1 {2}\d/.test(line)));
  assert.match(last, /^\{"execution_id".*"status":"success"\}\r\n/);
  assert.match(last, /\r\nsuccess in .* s: 2 outputs, 6 B\r\n/);
});

Deno.test("localctl run on a dumb terminal steers nothing", async () => {
  await using folder = await workFolder();
  const args = await slowRun(folder.dir);
  const env = { TERM: "dumb" };
  const shown = await inTerminal(args, { cwd: folder.dir, env });
  assert.match(shown, /success in /);
  assert.ok(!shown.includes("\x1b"), shown);
});

Deno.test("localctl run --quiet says nothing but its envelope", async () => {
  await using folder = await workFolder();
  const args = await slowRun(folder.dir);
  const shown = await inTerminal([...args, "--quiet"], { cwd: folder.dir });
  assert.match(shown, /^\{"execution_id"[^\n]*"status":"success"\}\r\n$/);
});

Deno.test("localctl run keeps progress out of the tokens of --stream", async () => {
  await using folder = await workFolder();
  const args = [...await slowRun(folder.dir), "--stream"];
  const shown = await inTerminal(args, { cwd: folder.dir });
  assert.doesNotMatch(shown, /Running demo/);
  assert.match(shown, /success in /);
});

Deno.test("NO_COLOR leaves an error on a terminal without colours", async () => {
  await using folder = await workFolder();
  const args = [
    "localctl",
    "run",
    "--ref",
    "no/such@1",
    "--inputs-json",
    HELLO,
  ];
  const coloured = await inTerminal(args, { cwd: folder.dir });
  assert.ok(coloured.includes("\x1b[31merror"), coloured);
  const env = { NO_COLOR: "1" };
  const plain = await inTerminal(args, { cwd: folder.dir, env });
  assert.ok(!plain.includes("\x1b"), plain);
});

/** Puts what is much to be read, but takes no room, into the store: a hole. Answers its cid, which is not its hash. */
async function largeArtifact(cwd: string, size: number): Promise<string> {
  const objects = join(cwd, ".theory/artifacts/objects");
  const hex = "0".repeat(64);
  await Deno.mkdir(join(objects, "00"), { recursive: true });
  using file = await Deno.create(join(objects, "00", hex));
  await file.truncate(size);
  return `b3:${hex}`;
}

Deno.test("artifacts verify on a terminal draws how far it is", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  await largeArtifact(cwd, 3 * 2 ** 29);
  const shown = await inTerminal(["artifacts", "verify"], { cwd });
  const drawn = shown.split(ERASE).slice(1);
  const far = /^Verifying artifacts {2}\[#*\.+\] +\d+% {2}.* of 1\.5 GiB /;
  assert.ok(drawn.some((line) => far.test(line)), shown);
  assert.match(drawn.at(-1) ?? "", /ERR_STORE/);
});

Deno.test("artifacts get on a terminal draws how far the file is", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const cid = await largeArtifact(cwd, 2 ** 29);
  const get = ["artifacts", "get", cid, "--out", "got.bin"];
  const shown = await inTerminal(get, { cwd, columns: 120 });
  const drawn = shown.split(ERASE).slice(1);
  const far = /^Saving b3:0+ +\d+% {2}.* of 512 MiB /;
  assert.ok(drawn.some((line) => far.test(line)), shown);
  assert.match(drawn.at(-1) ?? "", /^.*error ERR_/);
});

Deno.test("check on a terminal draws which of many documents it is at", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const names = ["a", "b", "c", "d"].map((name) => `${name}.json`);
  const messages = Array.from({ length: 50_000 }, (_, i) => ({
    role: "user",
    content: `number ${i}`,
  }));
  const text = JSON.stringify({ schema: "v1", params: { messages } });
  for (const name of names) await Deno.writeTextFile(join(cwd, name), text);
  const check = ["check", ...names, "--ref", "llm/litellm@1"];
  const shown = await inTerminal(check, { cwd });
  const drawn = shown.split(ERASE).slice(1);
  assert.ok(drawn.some((line) => /^Checking [bcd]\.json /.test(line)), shown);
  assert.equal(drawn.at(-1), "No problems in 4 documents\r\n");
});

Deno.test("artifacts gc on a terminal draws a line while it waits for others", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  await Deno.writeTextFile(join(cwd, "a.txt"), "a");
  const put = ["artifacts", "put", "a.txt", "--at", "/artifacts/a.txt"];
  assert.equal(await inTerminal(put, { cwd }), "/artifacts/a.txt\r\n");
  const lock = join(cwd, ".theory/artifacts/lock");
  const file = await Deno.open(lock, { write: true, create: true });
  await file.lock(true);
  setTimeout(() => file.close(), 2500);
  const forget = ["--forget", "/artifacts/", "--older-than", "0"];
  const shown = await inTerminal(["artifacts", "gc", ...forget], { cwd });
  const drawn = shown.split(ERASE).slice(1);
  const waits = /^Looking through artifacts {2}\d/;
  assert.ok(drawn.some((line) => waits.test(line)), shown);
  assert.match(drawn.at(-1) ?? "", /^Removed .*\r\n/);
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { envelopeOf, spawn, workFolder } from "./theory.ts";

const MEGABYTES = 96;
const INPUTS = JSON.stringify({
  schema: "v1",
  params: { messages: [{ role: "user", content: [{ $attach: "photo" }] }] },
});

Deno.test({
  name: "localctl run takes a large attachment in little memory, once",
  // The most memory that a process ever had is told by Linux alone.
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const file = join(cwd, "photo.png");
  await writeLarge(file);
  const first = await measuredRun(cwd);
  assert.ok(first.peakKb < 150_000, `the first run took ${first.peakKb} kB`);
  assert.deepEqual(timesIn(first), { read: 1, written: 1 });
  const [object] = largeFiles(join(cwd, ".theory"));
  assert.equal(object?.size, MEGABYTES << 20);
  const second = await measuredRun(cwd);
  assert.ok(second.peakKb < 150_000, `the second run took ${second.peakKb} kB`);
  assert.equal(timesIn(second).written, 0);
  assert.deepEqual(largeFiles(join(cwd, ".theory")), [object]);
});

/** Old enough that its times tell when it is changed again. */
async function writeLarge(file: string): Promise<void> {
  using out = await Deno.open(file, { write: true, create: true });
  const piece = new Uint8Array(1 << 20);
  for (let i = 0; i < MEGABYTES; i++) await out.write(piece.fill(i));
  const time = new Date(Date.now() - 60_000);
  await Deno.utime(file, time, time);
}

/** What a process came to, as far as could be seen before it ended. */
interface Measured {
  /** The most memory that it had. */
  readonly peakKb: number;
  readonly readBytes: number;
  readonly writtenBytes: number;
}

/** How many times over it read and wrote as much as the attachment has. */
function timesIn({ readBytes, writtenBytes }: Measured) {
  const times = (bytes: number) => Math.round(bytes / (MEGABYTES << 20));
  return { read: times(readBytes), written: times(writtenBytes) };
}

async function measuredRun(cwd: string): Promise<Measured> {
  const line = ["localctl", "run", "--ref", "llm/litellm@1", "--mode", "smoke"];
  const child = spawn(
    [...line, "--inputs-json", INPUTS, "--attach", "photo=photo.png"],
    { cwd },
  );
  const measured = watch(child);
  const { code, stdout, stderr } = await child.output();
  const text = new TextDecoder();
  const printed = {
    code,
    stdout: text.decode(stdout),
    stderr: text.decode(stderr),
  };
  assert.equal(envelopeOf(printed).status, "success", printed.stderr);
  return await measured;
}

async function watch({ pid, status }: Deno.ChildProcess): Promise<Measured> {
  let seen: Measured = { peakKb: 0, readBytes: 0, writtenBytes: 0 };
  let ended = false;
  const end = status.then(() => ended = true);
  while (!ended) {
    const told = await Promise.all(
      ["status", "io"].map((name) =>
        Deno.readTextFile(`/proc/${pid}/${name}`).catch(() => "")
      ),
    );
    const number = (pattern: RegExp) =>
      Number(pattern.exec(told.join(""))?.[1] ?? 0);
    seen = {
      peakKb: Math.max(seen.peakKb, number(/VmHWM:\s+(\d+)/)),
      readBytes: Math.max(seen.readBytes, number(/rchar: (\d+)/)),
      writtenBytes: Math.max(seen.writtenBytes, number(/wchar: (\d+)/)),
    };
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await end;
  assert.ok(seen.peakKb > 0, "the process was never seen");
  return seen;
}

interface LargeFile {
  readonly name: string;
  readonly size: number;
  readonly ino: number | null;
}

/** Files of more than a megabyte below a folder. */
function largeFiles(folder: string): readonly LargeFile[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const place = join(folder, name);
    if (isDirectory) return largeFiles(place);
    const { size, ino } = Deno.statSync(place);
    return size > 1 << 20 ? [{ name, size, ino }] : [];
  });
}

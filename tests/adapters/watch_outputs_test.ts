import assert from "node:assert/strict";
import { join } from "node:path";
import { watchOutputs } from "../../adapters/outputs/watch_outputs.ts";
import { type Entry, Failure, workFolderMark } from "../../schemas/mod.ts";
import { demoEntry } from "./sandbox_fixture.ts";
import { makeDeepTree } from "./deep_tree.ts";
import { temporary } from "./temporary.ts";

const ENTRY: Entry = { ...demoEntry(), limits: { outputBytes: 100_000 } };

/** Writes a file of many bytes, and the folders above it. */
async function write(path: string, bytes: number): Promise<void> {
  await Deno.mkdir(join(path, ".."), { recursive: true });
  await Deno.writeFile(path, new Uint8Array(bytes).fill(7));
}

/** What ends a run whose files are in a folder; rejects when nothing does for as long as a few looks take. */
async function ended(
  runsDir: string,
  executionId: string,
  looks = 100,
): Promise<unknown> {
  using watch = watchOutputs({ runsDir, executionId, entry: ENTRY });
  for (let i = 0; i < looks && !watch.signal.aborted; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return watch.signal.reason;
}

function assertTooLarge(reason: unknown): void {
  assert.ok(reason instanceof Failure, String(reason));
  assert.equal(reason.code, "ERR_OUTPUT_TOO_LARGE");
}

Deno.test("watchOutputs() finds the run in the folder of its name", async () => {
  await using place = await temporary();
  await write(join(place.folder, "E1/deep/large.bin"), 200_000);
  assertTooLarge(await ended(place.folder, "E1"));
});

Deno.test("watchOutputs() finds the run in the folder that its server says, whatever its prefix", async () => {
  await using place = await temporary();
  const { folder } = place;
  await write(join(folder, ".spare-1/outputs/large.bin"), 200_000);
  await Deno.writeTextFile(join(folder, workFolderMark("E1")), ".spare-1");
  assertTooLarge(await ended(folder, "E1"));
});

Deno.test("watchOutputs() counts empty folders", async () => {
  await using place = await temporary();
  await Deno.mkdir(join(place.folder, "E1"));
  for (let i = 0; i <= 10_000; i++) {
    Deno.mkdirSync(join(place.folder, "E1", `${i}`));
  }
  assertTooLarge(await ended(place.folder, "E1"));
});

Deno.test("watchOutputs() ends a run that leaves what cannot be looked at", async () => {
  await using place = await temporary();
  await Deno.mkdir(join(place.folder, "E1"));
  const name = "n".repeat(200);
  makeDeepTree(join(place.folder, "E1"), { name, trees: 2 });
  const reason = await ended(place.folder, "E1");
  assert.ok(reason instanceof Failure, String(reason));
  assert.equal(reason.code, "ERR_OUTPUT_UNSAFE");
  assert.equal(
    reason.message,
    "Cannot look at what the run wrote: File name too long (os error 36)",
  );
});

Deno.test("watchOutputs() leaves other runs, small ones and those without a folder alone", async () => {
  await using place = await temporary();
  const { folder } = place;
  await write(join(folder, "E2/large.bin"), 200_000);
  await write(join(folder, ".spare-2/large.bin"), 200_000);
  await write(join(folder, "E1/small.bin"), 50_000);
  for (const id of ["E1", "E3"]) {
    assert.equal(await ended(folder, id, 4), undefined);
  }
});

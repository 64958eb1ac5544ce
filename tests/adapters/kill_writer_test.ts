import assert from "node:assert/strict";
import type { ArtifactStore, GcOptions } from "../../adapters/mod.ts";
import { fileStore } from "../../adapters/mod.ts";
import { temporary } from "./temporary.ts";

const KILLS = 12;

/** Milliseconds after which a writer is killed: other ones each time, the same in every test run. */
function moments(): readonly number[] {
  let state = 20_251_121;
  return Array.from({ length: KILLS }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state % 160;
  });
}

Deno.test("fileStore() is whole after writers were killed at random moments", async () => {
  await using place = await temporary();
  for (const moment of moments()) {
    const writer = startWriter(place.folder);
    const output = writer.stdout.getReader();
    assert.ok(!(await output.read()).done, "the writer ended by itself");
    await new Promise((resolve) => setTimeout(resolve, moment));
    writer.kill("SIGKILL");
    output.releaseLock();
    await writer.output();
  }
  const store = fileStore(place.folder);
  const stored = await Array.fromAsync(store.cids());
  assert.ok(stored.length > 0);
  for (const { cid, size } of stored) {
    assert.deepEqual(await store.verify(cid), { state: "whole", size });
  }
  for await (const { path, cid } of store.list("")) {
    assert.ok(await store.stat(cid), `${path} leads nowhere`);
  }
  const named = () => ReadableStream.from(stored.map(({ cid }) => cid));
  const { removed } = await gc(store, { named });
  assert.deepEqual(removed, []);
  assert.deepEqual(await leftovers(place.folder), []);
});

Deno.test("fileStore().gc() removes what a killed writer left, and only tells it with dryRun", async () => {
  await using place = await temporary();
  for (
    let attempt = 0;
    (await leftovers(place.folder)).length === 0;
    attempt++
  ) {
    assert.ok(attempt < 50, "no writer was killed while it wrote");
    const writer = startWriter(place.folder);
    while ((await leftovers(place.folder)).length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    writer.kill("SIGKILL");
    await writer.output();
  }
  const store = fileStore(place.folder);
  const left = (await leftovers(place.folder)).length;
  assert.equal((await gc(store, { dryRun: true })).leftovers, left);
  assert.equal((await leftovers(place.folder)).length, left);
  assert.equal((await gc(store)).leftovers, left);
  assert.deepEqual(await leftovers(place.folder), []);
});

/** Collects what is older than an hour: here nothing but leftovers. */
function gc(store: ArtifactStore, options: Partial<GcOptions> = {}) {
  return store.gc({
    named: () => ReadableStream.from([]),
    olderThanMs: 3_600_000,
    dryRun: false,
    forget: [],
    ...options,
  });
}

async function leftovers(folder: string): Promise<readonly string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(`${folder}/tmp`));
    return entries.map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function startWriter(folder: string): Deno.ChildProcess {
  const script = new URL("./put_process.ts", import.meta.url).href;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "-A", script, folder, "100000"],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

import assert from "node:assert/strict";
import { join } from "node:path";
import { UNKNOWN_CID } from "../../schemas/mod.ts";
import { processorDigest } from "../../adapters/sandbox/digest.ts";
import { knownDigest } from "../../adapters/sandbox/known_digest.ts";
import { temporary } from "./temporary.ts";

/** A folder of a processor, and a file in which its digest is remembered. */
async function processor() {
  const place = await temporary();
  const dir = join(place.folder, "processor");
  const memory = join(place.folder, "known");
  await Deno.mkdir(dir);
  await Deno.writeTextFile(join(dir, "handler.ts"), "one");
  const later = new Date(Date.now() + 60_000);
  return {
    ...place,
    dir,
    memory,
    digest: (now = later) => knownDigest(dir, { memory, now: () => now }),
    /** Has something else be remembered, which tells whether files were read. */
    async forge() {
      const known = JSON.parse(await Deno.readTextFile(memory));
      const forged = JSON.stringify({ ...known, digest: UNKNOWN_CID });
      await Deno.writeTextFile(memory, forged);
    },
  };
}

Deno.test("knownDigest() is processorDigest(), and reads files that look the same once", async () => {
  await using it = await processor();
  assert.equal(await it.digest(), await processorDigest(it.dir));
  await it.forge();
  assert.equal(await it.digest(), UNKNOWN_CID);
});

const CHANGES = {
  "is written": (dir) => Deno.writeTextFile(join(dir, "handler.ts"), "two"),
  "is added": (dir) => Deno.writeTextFile(join(dir, "other.ts"), ""),
  "gets another name": (dir) =>
    Deno.rename(join(dir, "handler.ts"), join(dir, "main.ts")),
  "is written, with its time set back": async (dir) => {
    const file = join(dir, "handler.ts");
    const { mtime } = await Deno.stat(file);
    await Deno.writeTextFile(file, "two");
    await Deno.utime(file, mtime ?? 0, mtime ?? 0);
  },
} satisfies Record<string, (dir: string) => Promise<void>>;

for (const [name, change] of Object.entries(CHANGES)) {
  Deno.test(`knownDigest() reads files again when one ${name}`, async () => {
    await using it = await processor();
    await it.digest();
    await it.forge();
    // Times of changes have whole seconds; what is remembered is older than that, where no clock is moved.
    await new Promise((done) => setTimeout(done, 1100));
    await change(it.dir);
    assert.equal(await it.digest(), await processorDigest(it.dir));
  });
}

Deno.test("knownDigest() remembers nothing of files that were changed just now", async () => {
  await using it = await processor();
  assert.equal(await it.digest(new Date()), await processorDigest(it.dir));
  await assert.rejects(Deno.stat(it.memory), Deno.errors.NotFound);
});

Deno.test("knownDigest() takes no notice of what it cannot read", async () => {
  await using it = await processor();
  for (const text of ["", "{", "[]", '{"dir":1}']) {
    await Deno.writeTextFile(it.memory, text);
    assert.equal(await it.digest(), await processorDigest(it.dir));
  }
});

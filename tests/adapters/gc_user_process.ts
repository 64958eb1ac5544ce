import assert from "node:assert/strict";
import { join } from "node:path";
import { fileStore } from "../../adapters/mod.ts";
import type { Cid } from "../../schemas/mod.ts";
import { cidOf } from "../../schemas/mod.ts";
import { path, pattern, read, streamOf } from "./store_content.ts";

/**
 * Does what runs do, while others collect garbage: uses content in a session, records it before the session
 * ends, and counts on it until the record is removed. Fails when anything named was lost.
 */
const [folder = "", records = "", seed = "0", rounds = "0"] = Deno.args;

for (let round = 0; round < Number(rounds); round++) {
  const store = fileStore(folder);
  // The same few contents come and go in all processes.
  const number = (Number(seed) * 7 + round * 5) % 12;
  const bytes = pattern(1_000 + number * 40_000);
  const cid = await cidOf(bytes);
  const at = path(`/artifacts/${number}`);
  const record = join(records, `${seed}-${round}`);
  {
    await using _session = await store.session();
    const stored = await store.claim(cid) ?? await store.put(streamOf(bytes));
    await store.link(at, { ...stored, mime: "a/b" });
    await requireThere(cid, "in its session");
    await Deno.writeTextFile(`${record}.new`, cid);
    await Deno.rename(`${record}.new`, record);
  }
  await requireThere(cid, "after it was recorded");
  assert.equal((await store.resolve(at))?.cid, cid);
  await Deno.remove(record);
}

/** Neither asks for it in a way that would count as use. */
async function requireThere(cid: Cid, when: string) {
  const there = await fileStore(folder).stat(cid);
  assert.ok(there, `${cid} was lost ${when}`);
  assert.equal((await read(fileStore(folder), cid)).length, there.size);
}

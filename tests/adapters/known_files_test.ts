import assert from "node:assert/strict";
import { join } from "node:path";
import { knownFiles, memoryStore } from "../../adapters/mod.ts";
import { openPlainFile } from "../../adapters/plain_file.ts";
import { cidOf } from "../../schemas/mod.ts";
import { stored } from "./store_content.ts";
import { temporary } from "./temporary.ts";

Deno.test("knownFiles().prune() forgets files whose bytes the store has lost", async () => {
  await using place = await temporary();
  const known = knownFiles(join(place.folder, "known"));
  const store = memoryStore();
  const { cid } = await stored(store, "there", "text/plain");
  const there = await stateOf(join(place.folder, "there"));
  const lost = await stateOf(join(place.folder, "lost"));
  const found = { stamp: "", readAtMs: Date.now() };
  await known.remember(there, { ...found, cid });
  const none = await cidOf(new Uint8Array(9));
  await known.remember(lost, { ...found, cid: none });
  await known.prune(store);
  assert.equal((await known.find(there))?.cid, cid);
  assert.equal(await known.find(lost), undefined);
});

Deno.test("knownFiles().prune() removes records that cannot be read", async () => {
  await using place = await temporary();
  const folder = join(place.folder, "known");
  const known = knownFiles(folder);
  await known.prune(memoryStore());
  await Deno.mkdir(folder);
  await Deno.writeTextFile(join(folder, "1-2.json"), '{"cid":');
  await known.prune(memoryStore());
  assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
});

async function stateOf(file: string) {
  await Deno.writeTextFile(file, file);
  await using plain = await openPlainFile(file, { followLinks: false });
  return plain.state;
}

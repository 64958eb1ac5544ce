import assert from "node:assert/strict";
import { basename, dirname, join } from "node:path";
import { fileStore } from "../../adapters/mod.ts";
import { cidOf } from "../../schemas/mod.ts";
import { pattern, streamOf } from "./store_content.ts";
import { temporary } from "./temporary.ts";

/** What a disk did meanwhile, in order: `synced` are the bytes of a file, `kept NAME` are the names in a folder. */
async function askedOfDisk(
  action: () => Promise<unknown>,
): Promise<readonly string[]> {
  const asked: string[] = [];
  const { renameSync, openSync } = Deno;
  const file = Deno.FsFile.prototype;
  const { syncData } = file;
  file.syncData = function () {
    asked.push("synced");
    return syncData.call(this);
  };
  Deno.renameSync = (from, to) => {
    renameSync(from, to);
    asked.push(`renamed ${basename(dirname(`${to}`))}/${basename(`${to}`)}`);
  };
  Deno.openSync = (path, options) => {
    const opened = openSync(path, options);
    const { sync } = file;
    opened.sync = () => {
      asked.push(`kept ${basename(`${path}`)}`);
      return sync.call(opened);
    };
    return opened;
  };
  try {
    await action();
  } finally {
    Object.assign(Deno, { renameSync, openSync });
    file.syncData = syncData;
  }
  return asked;
}

Deno.test("fileStore().put() brings content to the disk, then its name, then the folder with the name", async () => {
  await using place = await temporary();
  const store = fileStore(join(place.folder, "store"));
  await store.put(streamOf(pattern(5)));
  for (const size of [10, 900_000]) {
    const bytes = pattern(size);
    const hex = (await cidOf(bytes)).slice(3);
    const folder = hex.slice(0, 2);
    const asked = await askedOfDisk(() => store.put(streamOf(bytes)));
    assert.deepEqual(
      asked.filter((each) => each !== "kept objects"),
      ["synced", `renamed ${folder}/${hex}`, `kept ${folder}`],
    );
  }
});

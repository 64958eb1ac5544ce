import assert from "node:assert/strict";
import { join } from "node:path";
import { openStateDir } from "../../adapters/mod.ts";
import { temporary } from "./temporary.ts";

Deno.test("openStateDir() makes a folder that is private and ignored by git", async () => {
  await using place = await temporary();
  const path = join(place.folder, "a", ".theory");
  const state = await openStateDir(path);
  assert.equal(state.path, path);
  assert.equal(state.artifacts, join(path, "artifacts"));
  assert.equal(modeOf(path), "700");
  assert.equal(modeOf(join(path, ".gitignore")), "600");
  assert.equal(await Deno.readTextFile(join(path, ".gitignore")), "*\n");
});

Deno.test("openStateDir() leaves a folder that is there as it is", async () => {
  await using place = await temporary();
  await Deno.chmod(place.folder, 0o755);
  await openStateDir(place.folder);
  assert.equal(modeOf(place.folder), "755");
  assert.deepEqual(await Array.fromAsync(Deno.readDir(place.folder)), []);
});

Deno.test("openStateDir() opened many times at once makes one folder", async () => {
  await using place = await temporary();
  const path = join(place.folder, "x");
  const opened = await Promise.all(
    Array.from({ length: 10 }, () => openStateDir(path)),
  );
  assert.equal(new Set(opened.map((state) => state.path)).size, 1);
});

Deno.test("openStateDir() refuses what is no folder of the user's", async () => {
  await using place = await temporary();
  await Deno.writeTextFile(join(place.folder, "file"), "");
  await Deno.mkdir(join(place.folder, "open"));
  await Deno.chmod(join(place.folder, "open"), 0o1777);
  await Deno.mkdir(join(place.folder, "shared"));
  await Deno.chmod(join(place.folder, "shared"), 0o775);
  const refused: readonly [string, RegExp][] = [
    ["file", /^Cannot use state folder ".*\/file": it is not a folder$/],
    ["file/below", /^Cannot use state folder ".*\/file\/below": /],
    ["open", /: everybody may write to it \(mode 777\)$/],
    ["shared", /: its group may write to it \(mode 775\)$/],
  ];
  for (const [name, message] of refused) {
    await assert.rejects(openStateDir(join(place.folder, name)), {
      code: "ERR_STORE",
      message,
    });
  }
});

function modeOf(path: string): string {
  return ((Deno.statSync(path).mode ?? 0) & 0o777).toString(8);
}

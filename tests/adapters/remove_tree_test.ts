import assert from "node:assert/strict";
import { join } from "node:path";
import { removeTree, removeTreeSync } from "../../adapters/remove_tree.ts";
import { makeDeepTree } from "./deep_tree.ts";
import { temporary } from "./temporary.ts";

const REMOVE = join(import.meta.dirname ?? ".", "remove_process.ts");

Deno.test("removeTree() removes a tree that is deeper than a stack", async () => {
  const place = await Deno.makeTempDir();
  const folder = join(place, "run");
  await Deno.mkdir(folder);
  makeDeepTree(folder, { name: "n", trees: 7 });
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", REMOVE, folder],
  }).output();
  const left = [...Deno.readDirSync(place)];
  await new Deno.Command("rm", { args: ["-rf", place] }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  assert.deepEqual(left, []);
});

Deno.test("removeTree() does not follow links, and removes files", async () => {
  await using place = await temporary();
  const [kept, folder] = [
    join(place.folder, "kept"),
    join(place.folder, "run"),
  ];
  await Deno.mkdir(join(kept, "deep"), { recursive: true });
  await Deno.mkdir(folder);
  await Deno.symlink(kept, join(folder, "link"));
  await Deno.writeTextFile(join(place.folder, "file"), "x");
  await removeTree(folder);
  removeTreeSync(join(place.folder, "file"));
  await assert.rejects(removeTree(folder), Deno.errors.NotFound);
  assert.deepEqual(
    [...Deno.readDirSync(place.folder)].map(({ name }) => name),
    ["kept"],
  );
  assert.deepEqual([...Deno.readDirSync(kept)].map(({ name }) => name), [
    "deep",
  ]);
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileStore } from "../../adapters/mod.ts";
import { temporary } from "./temporary.ts";

Deno.test("fileStore().gc() loses nothing that is named, while processes use the store", async () => {
  await using place = await temporary();
  const store = join(place.folder, "store");
  const records = join(place.folder, "records");
  await Deno.mkdir(records);
  const collectors = [1, 2].map(() =>
    start("gc_process.ts", { args: [store, records], stdin: "piped" })
  );
  const users = await Promise.all(
    ["1", "2", "3"].map((seed) =>
      start("gc_user_process.ts", {
        args: [store, records, seed, "40"],
        stdin: "null",
      }).output()
    ),
  );
  const removed = await Promise.all(collectors.map(async (child) => {
    await child.stdin.close();
    const { success, stdout, stderr } = await child.output();
    assert.ok(success, new TextDecoder().decode(stderr));
    return Number(new TextDecoder().decode(stdout));
  }));
  for (const { success, stderr } of users) {
    assert.ok(success, new TextDecoder().decode(stderr));
  }
  const total = removed.reduce((sum, each) => sum + each, 0);
  assert.ok(total > 20, `only ${total} contents were ever collected`);
  const left = await fileStore(store).gc({
    named: () => ReadableStream.from([]),
    olderThanMs: -1_000,
    dryRun: false,
    forget: [],
  });
  assert.deepEqual(left.left, { count: 0, bytes: 0 });
  assert.deepEqual(await Array.fromAsync(fileStore(store).list("/")), []);
  assert.deepEqual(await Array.fromAsync(Deno.readDir(join(store, "tmp"))), []);
});

function start(
  name: string,
  { args, stdin }: {
    readonly args: readonly string[];
    readonly stdin: "piped" | "null";
  },
): Deno.ChildProcess {
  const script = new URL(`./${name}`, import.meta.url);
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "-A", script.href, ...args],
    stdin,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

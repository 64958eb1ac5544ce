import assert from "node:assert/strict";
import { join } from "node:path";
import { fileStore } from "../../adapters/mod.ts";
import { pattern, streamOf } from "./store_content.ts";
import { temporary } from "./temporary.ts";

const SIZE = 8_000_000;

Deno.test("fileStore().put() leaves nothing half-written when there is no room", async () => {
  await using place = await temporary();
  // What the system lets a process write ends in the middle of the content.
  await requireRefusal(place.folder, {
    wrapper: `trap '' XFSZ; ulimit -f 4000; exec "$@"`,
    found: /File too large/,
  });
});

Deno.test("fileStore().put() leaves nothing half-written when the disk is full", async () => {
  await using disk = await smallDisk();
  await requireRefusal(disk.folder, disk);
});

interface Room {
  /** Shell script that starts the program in `$@` where there is not enough room. */
  readonly wrapper: string;
  readonly found: RegExp;
}

/** Puts too much in a process of its own, and looks at what is there afterwards. */
async function requireRefusal(
  folder: string,
  { wrapper, found }: Room,
): Promise<void> {
  const script = new URL("./fill_process.ts", import.meta.url).href;
  const line = [Deno.execPath(), "run", "-A", script, folder, `${SIZE}`];
  const { success, stdout, stderr } = await new Deno.Command("bash", {
    args: ["-c", wrapper, "bash", ...line],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  const ended = JSON.parse(new TextDecoder().decode(stdout));
  assert.equal(ended.code, "ERR_STORE");
  assert.ok(ended.message.includes(`"${folder}"`), ended.message);
  assert.match(ended.message, found);
  assert.match(ended.hint, /Make room/);
  assert.equal(ended.kept, 10_000);
  const store = fileStore(folder);
  const left = await Array.fromAsync(store.cids());
  assert.deepEqual(left.map(({ size }) => size), [10_000]);
  assert.deepEqual(
    await Array.fromAsync(Deno.readDir(join(folder, "tmp"))),
    [],
  );
  assert.equal((await store.put(streamOf(pattern(20_000)))).size, 20_000);
}

/** A file system of 4 MB where this process may mount one; otherwise a limit of the system stands for it. */
async function smallDisk(): Promise<
  Room & { readonly folder: string } & AsyncDisposable
> {
  const place = await temporary();
  const { folder } = place;
  const mounted = await run(
    "mount",
    "-t",
    "tmpfs",
    "-o",
    "size=4m",
    "tmpfs",
    folder,
  );
  const room = mounted
    ? { wrapper: `exec "$@"`, found: /No space left on device/ }
    : {
      wrapper: `trap '' XFSZ; ulimit -f 2000; exec "$@"`,
      found: /too large/,
    };
  return {
    ...room,
    folder,
    async [Symbol.asyncDispose]() {
      if (mounted) await run("umount", folder);
      await place[Symbol.asyncDispose]();
    },
  };
}

async function run(program: string, ...args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args }).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

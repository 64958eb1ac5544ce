import assert from "node:assert/strict";
import { join } from "node:path";
import { fileStore } from "../../adapters/mod.ts";
import type { Cid, WorldPath } from "../../schemas/mod.ts";
import { cidOf } from "../../schemas/mod.ts";
import type { StoreUnderTest } from "./store_conformance.ts";
import { testStore } from "./store_conformance.ts";
import { pattern, stored, streamOf } from "./store_content.ts";
import { temporary } from "./temporary.ts";

testStore("fileStore()", async () => {
  const folder = await Deno.makeTempDir();
  const store = fileStore(join(folder, "not", "yet"));
  const edit = async (cid: Cid, change: (bytes: Uint8Array) => Uint8Array) => {
    const place = objectFile(store.objectsDir, cid);
    const bytes = await Deno.readFile(place);
    await Deno.chmod(place, 0o600);
    await Deno.writeFile(place, change(bytes));
  };
  const tested: StoreUnderTest = {
    store,
    damage: (cid) =>
      edit(
        cid,
        (bytes) =>
          bytes.map((byte, i) => i === bytes.length >> 1 ? byte ^ 1 : byte),
      ),
    truncate: (cid) => edit(cid, (bytes) => bytes.slice(0, -1)),
    async age(cid) {
      const place = objectFile(store.objectsDir, cid);
      const { mtime } = await Deno.stat(place);
      await Deno.utime(place, new Date(Date.now() - 86_400_000), mtime ?? 0);
    },
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
  return tested;
});

Deno.test("fileStore() keeps everything private and content read-only", async () => {
  await using place = await temporary();
  const store = fileStore(join(place.folder, "store"));
  for (const size of [10, 900_000]) {
    const record = { ...await store.put(streamOf(pattern(size))), mime: "a/b" };
    await store.link(`/artifacts/${size}` as WorldPath, record);
  }
  const modes = (await walk(join(place.folder, "store"))).map((path) => {
    const { isDirectory, mode } = Deno.statSync(path);
    const kind = path.includes("/objects/") ? "object" : "record";
    return `${isDirectory ? "folder" : kind} ${
      ((mode ?? 0) & 0o777).toString(8)
    }`;
  });
  assert.deepEqual([...new Set(modes)].sort(), [
    "folder 700",
    "object 400",
    "record 600",
  ]);
});

Deno.test("fileStore() writes nothing for bytes and names that it has", async () => {
  await using place = await temporary();
  const store = fileStore(place.folder);
  const putAll = async () => {
    for (const size of [10, 900_000]) {
      const bytes = await store.put(streamOf(pattern(size)));
      await store.link(`/artifacts/${size}` as WorldPath, {
        ...bytes,
        mime: "a/b",
      });
    }
  };
  const picture = async () =>
    (await walk(place.folder)).filter((path) => !path.endsWith("/tmp")).map(
      (path) => {
        const { ino, mtime, isFile } = Deno.statSync(path);
        return `${path} ${ino} ${isFile ? mtime?.getTime() : ""}`;
      },
    );
  await putAll();
  const before = await picture();
  await putAll();
  assert.deepEqual(await picture(), before);
});

Deno.test("fileStore() leaves nothing of a name that the disk does not keep", async () => {
  await using place = await temporary();
  const store = fileStore(place.folder);
  const bytes = await store.put(streamOf(pattern(10)));
  const at = "/artifacts/x" as WorldPath;
  const { syncData } = Deno.FsFile.prototype;
  Deno.FsFile.prototype.syncData = () => Promise.reject(new Error("no room"));
  try {
    const naming = store.link(at, { ...bytes, mime: "a/b" });
    await assert.rejects(naming, /no room/);
  } finally {
    Deno.FsFile.prototype.syncData = syncData;
  }
  assert.equal(await store.resolve(at), undefined);
  assert.deepEqual([...Deno.readDirSync(join(place.folder, "tmp"))], []);
});

Deno.test("fileStore() serves many processes at once", async () => {
  await using place = await temporary();
  const rounds = 6;
  const outputs = await Promise.all(
    Array.from({ length: 5 }, () => putProcess(place.folder, rounds).output()),
  );
  for (const { success, stderr } of outputs) {
    assert.ok(success, new TextDecoder().decode(stderr));
  }
  const store = fileStore(place.folder);
  for (let round = 0; round < rounds; round++) {
    const bytes = pattern(1_000 + round * 100_000);
    const record = await store.resolve(
      `/artifacts/shared/${round}` as WorldPath,
    );
    assert.equal(record?.cid, await cidOf(bytes));
    assert.deepEqual(
      await Deno.readFile(objectFile(store.objectsDir, record.cid)),
      bytes,
    );
  }
  assert.deepEqual(await walk(join(place.folder, "tmp")), [
    join(place.folder, "tmp"),
  ]);
});

Deno.test("fileStore().put() leaves nothing behind when content breaks off", async () => {
  await using place = await temporary();
  const store = fileStore(place.folder);
  const broken = ReadableStream.from((async function* () {
    yield await Promise.resolve(pattern(900_000));
    throw new Error("broken off");
  })());
  await assert.rejects(store.put(broken));
  assert.deepEqual(
    (await walk(place.folder)).filter((path) => Deno.statSync(path).isFile),
    [],
  );
});

Deno.test("fileStore() removes what killed writers left, not what is being written", async () => {
  await using place = await temporary();
  await Deno.mkdir(join(place.folder, "tmp"));
  await Deno.writeFile(join(place.folder, "tmp", "left"), pattern(10));
  const bytes = pattern(2_000_000);
  const slow = ReadableStream.from((async function* () {
    for (let at = 0; at < bytes.length; at += 500_000) {
      yield bytes.subarray(at, at + 500_000);
      await fileStore(place.folder).put(streamOf(pattern(3)));
    }
  })());
  const store = fileStore(place.folder);
  const { cid } = await store.put(slow);
  assert.equal(cid, await cidOf(bytes));
  assert.deepEqual(
    await Deno.readFile(objectFile(store.objectsDir, cid)),
    bytes,
  );
  assert.equal((await walk(join(place.folder, "tmp"))).length, 1);
});

Deno.test("fileStore() holds nothing half-written when its writers are killed", async () => {
  await using place = await temporary();
  for (let round = 0; round < 4; round++) {
    const child = putProcess(place.folder, 1_000).spawn();
    const rounds = child.stdout.getReader();
    for (let at = 0; at <= round * 3; at++) {
      assert.ok(!(await rounds.read()).done, "the writer ended by itself");
    }
    child.kill("SIGKILL");
    rounds.releaseLock();
    await child.output();
  }
  const store = fileStore(place.folder);
  await store.put(streamOf(pattern(1)));
  assert.equal((await walk(join(place.folder, "tmp"))).length, 1);
  const objects = (await walk(store.objectsDir)).filter((path) =>
    Deno.statSync(path).isFile
  );
  assert.ok(objects.length > 4);
  for (const path of objects) {
    const cid = await cidOf(await Deno.readFile(path));
    assert.equal(path, objectFile(store.objectsDir, cid));
  }
  for await (const { cid } of store.list("/")) {
    assert.ok(await store.stat(cid));
  }
});

Deno.test("fileStore().put() takes 64 MB in a few pieces of memory", async () => {
  await using place = await temporary();
  const store = fileStore(place.folder);
  await Deno.mkdir(join(place.folder, "tmp"));
  const piece = pattern(1 << 20);
  let waiting = 0;
  let most = 0;
  const content = new ReadableStream<Uint8Array>({
    pull(controller) {
      waiting += 1;
      most = Math.max(most, waiting - written(place.folder));
      if (waiting > 64) controller.close();
      else controller.enqueue(piece);
    },
  }, { highWaterMark: 0 });
  const { size } = await store.put(content);
  assert.equal(size, 64 << 20);
  assert.ok(most <= 3, `${most} pieces were taken before they were written`);
});

Deno.test("fileStore() names the folder when it cannot be used", async () => {
  await using place = await temporary();
  const file = join(place.folder, "file");
  await Deno.writeTextFile(file, "");
  const store = fileStore(join(file, "store"));
  await assert.rejects(store.put(streamOf(pattern(5))), {
    code: "ERR_STORE",
    message: /^Cannot use artifact store ".*\/file\/store": Not a directory/,
  });
});

Deno.test("fileStore() reports a damaged record", async () => {
  await using place = await temporary();
  const store = fileStore(place.folder);
  const at = "/artifacts/x" as WorldPath;
  await store.link(at, await stored(store, "one", "text/plain"));
  const [file = ""] = (await walk(join(place.folder, "paths"))).filter((path) =>
    path.endsWith(".json")
  );
  await Deno.writeTextFile(file, '{"path":"/artifacts/x","cid":"b3:0"}');
  await assert.rejects(store.resolve(at), { code: "ERR_STORE" });
});

/** Whole pieces of 1 MiB that a store has on the disk by now. */
function written(folder: string): number {
  const [first] = [...Deno.readDirSync(join(folder, "tmp"))];
  if (first === undefined) return 0;
  return Deno.statSync(join(folder, "tmp", first.name)).size >> 20;
}

function putProcess(folder: string, rounds: number): Deno.Command {
  const script = new URL("./put_process.ts", import.meta.url);
  const grant = `${folder},${new URL("../..", import.meta.url).pathname}`;
  return new Deno.Command(Deno.execPath(), {
    stdout: "piped",
    stderr: "piped",
    args: [
      "run",
      "--no-prompt",
      `--allow-read=${grant}`,
      `--allow-write=${folder}`,
      script.href,
      folder,
      `${rounds}`,
    ],
  });
}

function objectFile(objectsDir: string, cid: Cid): string {
  return join(objectsDir, cid.slice(3, 5), cid.slice(3));
}

async function walk(folder: string): Promise<string[]> {
  const paths = [folder];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    paths.push(...isDirectory ? await walk(path) : [path]);
  }
  return paths;
}

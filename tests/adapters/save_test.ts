import assert from "node:assert/strict";
import { join } from "node:path";
import type { SaveTarget } from "../../adapters/mod.ts";
import {
  checkSaveTarget,
  memoryStore,
  saveOutputs,
} from "../../adapters/mod.ts";
import { smokeOutputs } from "../../adapters/outputs/smoke.ts";
import type { OutputRecord, SuccessEnvelope } from "../../schemas/mod.ts";
import { entryWith, prefix } from "./entry_fixture.ts";
import { read } from "./store_content.ts";
import { temporary } from "./temporary.ts";

Deno.test("saveOutputs() mirrors world paths below a folder", async () => {
  await using place = await temporary();
  const { envelope, store } = await ran(["a.txt", "b/c d%.json"]);
  const path = join(place.folder, "not", "yet");
  const files = await saveOutputs(envelope, { kind: "dir", path }, { store });
  assert.deepEqual(files, [
    join(path, "artifacts/outputs/b3:x/E1/a.txt"),
    join(path, "artifacts/outputs/b3:x/E1/b/c d%.json"),
  ]);
  for (const [index, file] of files.entries()) {
    const output = envelope.outputs[index];
    assert.ok(output);
    assert.deepEqual(await Deno.readFile(file), await read(store, output.cid));
  }
  assert.deepEqual(await names(join(path, "artifacts/outputs/b3:x/E1")), [
    "a.txt",
    "b",
  ]);
});

Deno.test("saveOutputs() writes the first output as a file, over the one of before", async () => {
  await using place = await temporary();
  const { envelope, store } = await ran(["b.txt", "a.txt"]);
  const path = join(place.folder, "sub", "first.txt");
  for (let round = 0; round < 2; round++) {
    assert.deepEqual(
      await saveOutputs(envelope, { kind: "first", path }, { store }),
      [path],
    );
    assert.equal(
      await Deno.readTextFile(path),
      "Mock output a.txt of demo/echo@1\n",
    );
  }
  assert.deepEqual(await names(join(place.folder, "sub")), ["first.txt"]);
});

Deno.test("saveOutputs() replaces what is at a file's place, a link too", async () => {
  await using place = await temporary();
  const { envelope, store } = await ran(["a.txt"]);
  const precious = join(place.folder, "precious");
  await Deno.writeTextFile(precious, "mine");
  const below = join(place.folder, "D/artifacts/outputs/b3:x/E1");
  await Deno.mkdir(below, { recursive: true });
  await Deno.symlink(precious, join(below, "a.txt"));
  await saveOutputs(envelope, dir(place.folder), { store });
  assert.equal(await Deno.readTextFile(precious), "mine");
  assert.ok((await Deno.lstat(join(below, "a.txt"))).isFile);
});

Deno.test("saveOutputs() follows no link out of the folder", async () => {
  await using place = await temporary();
  const { envelope, store } = await ran(["a.txt"]);
  const elsewhere = join(place.folder, "elsewhere");
  await Deno.mkdir(elsewhere);
  await Deno.mkdir(join(place.folder, "D/artifacts"), { recursive: true });
  await Deno.symlink(elsewhere, join(place.folder, "D/artifacts/outputs"));
  await assert.rejects(saveOutputs(envelope, dir(place.folder), { store }), {
    code: "ERR_SAVE",
    message: /artifacts\/outputs": it is a symbolic link$/,
  });
  assert.deepEqual(await names(elsewhere), []);
});

Deno.test("saveOutputs() takes a link as the folder itself", async () => {
  await using place = await temporary();
  const { envelope, store } = await ran(["a.txt"]);
  await Deno.mkdir(join(place.folder, "real"));
  await Deno.symlink("real", join(place.folder, "D"));
  await checkSaveTarget(dir(place.folder));
  await saveOutputs(envelope, dir(place.folder), { store });
  assert.deepEqual(await names(join(place.folder, "real")), ["artifacts"]);
});

Deno.test("saveOutputs() reports what is in the way, and leaves no part of a file", async () => {
  await using place = await temporary();
  const { envelope, store } = await ran(["a.txt"]);
  const below = join(place.folder, "D/artifacts/outputs/b3:x/E1");
  await Deno.mkdir(join(below, "a.txt"), { recursive: true });
  await assert.rejects(saveOutputs(envelope, dir(place.folder), { store }), {
    code: "ERR_SAVE",
  });
  assert.deepEqual(await names(below), ["a.txt"]);
  await Deno.remove(join(place.folder, "D"), { recursive: true });
  await Deno.mkdir(join(place.folder, "D"));
  await Deno.writeTextFile(join(place.folder, "D/artifacts"), "");
  await assert.rejects(saveOutputs(envelope, dir(place.folder), { store }), {
    code: "ERR_SAVE",
    message: /artifacts": it is not a folder$/,
  });
});

Deno.test("saveOutputs() saves no damaged bytes and nothing that is not there", async () => {
  await using place = await temporary();
  const { envelope, store } = await ran(["a.txt"]);
  const damaged = {
    ...store,
    open: () => Promise.resolve(brokenStream()),
  };
  const path = join(place.folder, "first");
  await assert.rejects(
    saveOutputs(envelope, { kind: "first", path }, { store: damaged }),
    RangeError,
  );
  await assert.rejects(
    saveOutputs(envelope, { kind: "first", path }, { store: memoryStore() }),
    { code: "ERR_SAVE" },
  );
  assert.deepEqual(await names(place.folder), []);
});

Deno.test("saveOutputs() refuses to save the first of no outputs", async () => {
  const { envelope, store } = await ran([]);
  await assert.rejects(
    saveOutputs(envelope, { kind: "first", path: "/nowhere" }, { store }),
    {
      code: "ERR_SAVE",
      message: 'Cannot save "/nowhere": the run has no outputs',
    },
  );
});

Deno.test("saveOutputs() never leaves the folder, whatever an envelope says", async () => {
  await using place = await temporary();
  const { envelope, store } = await ran(["a.txt"]);
  const outputs = envelope.outputs.map((output): OutputRecord => ({
    ...output,
    path: "/artifacts/../../out.txt",
  }));
  await assert.rejects(
    saveOutputs({ ...envelope, outputs }, dir(place.folder), { store }),
    { code: "ERR_SAVE" },
  );
  assert.deepEqual(await names(place.folder), []);
});

Deno.test("checkSaveTarget() accepts what can be written, and leaves nothing behind", async () => {
  await using place = await temporary();
  await Deno.writeTextFile(join(place.folder, "old.txt"), "old");
  const paths: readonly SaveTarget[] = [
    { kind: "dir", path: place.folder },
    { kind: "dir", path: join(place.folder, "a/b/c") },
    { kind: "first", path: join(place.folder, "new.txt") },
    { kind: "first", path: join(place.folder, "old.txt") },
    { kind: "first", path: join(place.folder, "a/b/new.txt") },
  ];
  for (const target of paths) await checkSaveTarget(target);
  assert.deepEqual(await names(place.folder), ["old.txt"]);
});

Deno.test("checkSaveTarget() refuses what cannot be written, saying why", async () => {
  await using place = await temporary();
  const inside = (name: string) => join(place.folder, name);
  await Deno.writeTextFile(inside("file"), "");
  await Deno.mkdir(inside("folder"));
  await Deno.symlink("nothing", inside("link"));
  const refused: readonly [SaveTarget["kind"], string, RegExp][] = [
    ["dir", inside("file"), /: it is not a folder$/],
    [
      "dir",
      inside("file/below"),
      /: (?:it is not a folder|Not a directory.*)$/,
    ],
    ["dir", inside("link"), /: it is a link to nothing$/],
    [
      "dir",
      "/proc/1/nowhere",
      /^Cannot save outputs to "\/proc\/1\/nowhere": /,
    ],
    ["first", inside("folder"), /: it is a folder$/],
    ["first", inside("new/"), /: it names a folder$/],
    ["first", "/dev/null", /: it is no regular file$/],
  ];
  for (const [kind, path, message] of refused) {
    await assert.rejects(checkSaveTarget({ kind, path }), {
      code: "ERR_SAVE_TARGET",
      message,
    });
  }
});

function dir(folder: string): SaveTarget {
  return { kind: "dir", path: join(folder, "D") };
}

/** A run with text outputs at these paths. */
async function ran(paths: readonly string[]) {
  const store = memoryStore();
  const entry = entryWith(
    paths.map((name) => ({
      name,
      path: name.replaceAll("%", "%25"),
      mime: "text/plain",
    })),
  );
  const outputs = await smokeOutputs(entry, {
    store,
    writePrefix: prefix("/artifacts/outputs/b3:x/{execution_id}/"),
    executionId: "E1",
  });
  const envelope: SuccessEnvelope = {
    status: "success",
    execution_id: "E1",
    outputs,
    index_path: "/artifacts/execution/E1/outputs.json",
    meta: { env_fingerprint: "", image_digest: "", duration_ms: 0 },
  };
  return { envelope, store };
}

function brokenStream(): ReadableStream<Uint8Array> {
  return ReadableStream.from((async function* () {
    yield await Promise.resolve(new Uint8Array(10));
    throw new RangeError("damaged");
  })());
}

async function names(folder: string): Promise<readonly string[]> {
  const found = await Array.fromAsync(Deno.readDir(folder));
  return found.map(({ name }) => name).sort();
}

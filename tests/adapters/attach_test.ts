import assert from "node:assert/strict";
import { join } from "node:path";
import type { ArtifactStore, AttachOptions } from "../../adapters/mod.ts";
import { attach, knownFiles, memoryStore } from "../../adapters/mod.ts";
import type {
  Cid,
  InputsDocument,
  JsonObject,
  WorldPath,
} from "../../schemas/mod.ts";
import { cidOf, parseWorldPath } from "../../schemas/mod.ts";
import { pattern, read, stored } from "./store_content.ts";
import { temporary } from "./temporary.ts";

Deno.test("attach() stores a file, names it and rewrites the payload", async () => {
  await using place = await temporary();
  await Deno.writeTextFile(join(place.folder, "photo.JPG"), "pixels");
  const { run, store } = attaching(place.folder);
  const cid = await cidOf(new TextEncoder().encode("pixels"));
  const path = `/artifacts/inputs/${cid}/photo.JPG`;
  const inputs = await run(
    { params: { deep: [{ image: { $attach: "image" } }], keep: 1 } },
    { image: "photo.JPG" },
  );
  assert.deepEqual(inputs.payload, {
    params: {
      deep: [{ image: { $artifact: path, cid, mime: "image/jpeg" } }],
      keep: 1,
    },
  });
  const record = { cid, size: 6, mime: "image/jpeg" };
  assert.deepEqual(inputs.artifacts, [{ name: "image", path, ...record }]);
  assert.deepEqual(await store.resolve(path as WorldPath), record);
  assert.equal(new TextDecoder().decode(await read(store, cid)), "pixels");
});

Deno.test("attach() reads a file once that two names declare", async () => {
  await using place = await temporary();
  await Deno.writeTextFile(join(place.folder, "a"), "A");
  const { run, counts } = attaching(place.folder);
  const inputs = await run({
    params: { one: { $attach: "one" }, two: { $attach: "two" } },
  }, { one: "a", two: "./a" });
  assert.equal(counts.put, 1);
  assert.deepEqual(inputs.artifacts.map(({ name }) => name), ["one", "two"]);
  const { one, two } = inputs.payload["params"] as JsonObject;
  assert.deepEqual(one, two);
});

Deno.test("attach() writes names so that reading them as world paths gives them back", async () => {
  await using place = await temporary();
  const { run, store } = attaching(place.folder);
  for (
    const name of ["100%.txt", "%2e%2e", "e\u0301 ü:?#.png", "x".repeat(255)]
  ) {
    await Deno.writeTextFile(join(place.folder, name), "A");
    const { payload, artifacts } = await run(
      { params: { $attach: "a" } },
      { a: name },
    );
    const sent = String((payload["params"] as JsonObject)["$artifact"]);
    const parsed = parseWorldPath(sent);
    assert.ok(parsed.ok);
    assert.equal(parsed.path.split("/").at(-1), name.normalize("NFC"));
    assert.equal(artifacts[0]?.path, parsed.path);
    assert.ok(await store.resolve(parsed.path));
  }
});

Deno.test("attach() refuses file names that are no world path segments", async () => {
  await using place = await temporary();
  const { run } = attaching(place.folder);
  const refused = {
    ".git": "ERR_FORBIDDEN_SEGMENT",
    "a\\b": "ERR_PERCENT_DECODE",
  };
  for (const [name, code] of Object.entries(refused)) {
    await Deno.writeTextFile(join(place.folder, name), "A");
    await assert.rejects(run({}, { a: name }), { code });
  }
});

Deno.test("attach() refuses what is no readable file, with the code that says why", async () => {
  await using place = await temporary();
  await Deno.mkdir(join(place.folder, "folder"));
  await Deno.writeTextFile(join(place.folder, "file"), "");
  await new Deno.Command("mkfifo", { args: [join(place.folder, "pipe")] })
    .output();
  const { run } = attaching(place.folder);
  const refused: readonly [string, string, RegExp][] = [
    ["none", "ERR_ATTACH_MISSING", /^Cannot attach "none": no such file$/],
    ["file/x", "ERR_ATTACH_MISSING", /: no such file$/],
    ["folder", "ERR_ATTACH_DIRECTORY", /: it is a folder$/],
    ["pipe", "ERR_ATTACH_UNREADABLE", /: it is no regular file$/],
    ["/dev/zero", "ERR_ATTACH_UNREADABLE", /: it is no regular file$/],
  ];
  for (const [path, code, message] of refused) {
    await assert.rejects(run({}, { a: path }), { code, message });
  }
});

Deno.test("attach() refuses a file that is written to while it is read", async () => {
  await using place = await temporary();
  const file = join(place.folder, "growing");
  await Deno.writeFile(file, pattern(600_000));
  const { run, store } = attaching(place.folder, {
    onProgress: () => Deno.writeTextFileSync(file, "more", { append: true }),
  });
  await assert.rejects(run({}, { a: "growing" }), {
    code: "ERR_ATTACH_UNREADABLE",
    message: 'Cannot attach "growing": it was changed while it was read',
  });
  assert.deepEqual(await Array.fromAsync(store.list("/")), []);
});

Deno.test("attach() tells how far it is and stops when told to", async () => {
  await using place = await temporary();
  await Deno.writeFile(join(place.folder, "big"), pattern(600_000));
  const seen: number[] = [];
  const { run } = attaching(place.folder, {
    onProgress: ({ name, done, total }) => {
      assert.deepEqual([name, total], ["a", 600_000]);
      seen.push(done);
    },
  });
  await run({}, { a: "big" });
  assert.equal(seen.at(-1), 600_000);
  assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
  const stopping = new AbortController();
  const stopped = attaching(place.folder, {
    signal: stopping.signal,
    onProgress: () => stopping.abort(),
  });
  await assert.rejects(stopped.run({}, { a: "big" }), { name: "AbortError" });
});

Deno.test("attach() does not read a known file again until it changes", async () => {
  await using place = await temporary();
  const file = join(place.folder, "file");
  await Deno.writeTextFile(file, "first");
  const { run, counts, read } = knowing(place.folder);
  const cid = async () => (await run({}, { a: "file" })).artifacts[0]?.cid;
  const first = await cid();
  assert.deepEqual([counts.put, read()], [1, 5]);
  assert.equal(await cid(), first);
  assert.deepEqual([counts.put, read()], [1, 10], "too new to be certain");
  await grow(place.folder);
  assert.equal(await cid(), first);
  assert.deepEqual([counts.put, read()], [1, 10], "certain: not read");
  await Deno.writeTextFile(file, "other");
  assert.equal(await cid(), await cidOf(new TextEncoder().encode("other")));
  assert.equal(counts.put, 2);
});

Deno.test("attach() stores a known file again when the store has lost it", async () => {
  await using place = await temporary();
  await Deno.writeTextFile(join(place.folder, "file"), "first");
  await knowing(place.folder).run({}, { a: "file" });
  await grow(place.folder);
  const { run, counts, store } = knowing(place.folder);
  const { artifacts } = await run({}, { a: "file" });
  assert.equal(counts.put, 1);
  assert.ok(await store.stat(artifacts[0]?.cid as Cid));
});

Deno.test("attach() stores a known file again when its bytes in the store are damaged", async () => {
  await using place = await temporary();
  await Deno.writeTextFile(join(place.folder, "file"), "first");
  const objects = new Map<Cid, Uint8Array>();
  const { run, store, counts, read: bytesRead } = knowing(
    place.folder,
    memoryStore({ objects }),
  );
  await run({}, { a: "file" });
  for (const isCertain of [false, true]) {
    if (isCertain) await grow(place.folder);
    const before = [counts.put, bytesRead()] as const;
    for (const bytes of objects.values()) bytes[0] = 0x46;
    const { artifacts } = await run({}, { a: "file" });
    const cid = artifacts[0]?.cid as Cid;
    assert.equal(new TextDecoder().decode(await read(store, cid)), "first");
    const [put, bytes] = before;
    assert.deepEqual([counts.put, bytesRead()], [put + 1, bytes + 5]);
  }
});

Deno.test("attach() reads a file again when what is known of it is damaged", async () => {
  await using place = await temporary();
  await Deno.writeTextFile(join(place.folder, "file"), "first");
  const { run, counts } = knowing(place.folder);
  await run({}, { a: "file" });
  for (const text of ["", "{", "[]", '{"cid":"b3:0"}']) {
    await eachKnown(place.folder, () => text);
    await run({}, { a: "file" });
  }
  assert.equal(counts.put, 5);
});

Deno.test("attach() finds $artifact objects by cid, and by path", async () => {
  await using place = await temporary();
  const { run, store } = attaching(place.folder);
  const record = await stored(store, "kept", "text/csv");
  const path = "/artifacts/outputs/x/kept.csv";
  await store.link(path as WorldPath, record);
  const { cid, size } = record;
  const { payload, artifacts } = await run({
    params: {
      byPath: { $artifact: path },
      byCid: { $artifact: "/artifacts/outputs/moved.json", cid },
      whole: { $artifact: path, cid, mime: "text/own", more: 1 },
    },
  }, {});
  assert.deepEqual(payload["params"], {
    byPath: { $artifact: path, cid, mime: "text/csv" },
    byCid: {
      $artifact: "/artifacts/outputs/moved.json",
      cid,
      mime: "application/json",
    },
    whole: { $artifact: path, cid, mime: "text/own", more: 1 },
  });
  assert.deepEqual(artifacts[0], {
    name: "kept.csv",
    path,
    cid,
    size,
    mime: "text/csv",
  });
});

Deno.test("attach() refuses $artifact objects that the store does not have", async () => {
  await using place = await temporary();
  const { run, store } = attaching(place.folder);
  const path = "/artifacts/outputs/x/kept.csv";
  await store.link(path as WorldPath, await stored(store, "kept", "text/csv"));
  const cid = await cidOf(pattern(7));
  const refused: readonly [JsonObject, string][] = [
    [{ $artifact: "/artifacts/none" }, "ERR_ARTIFACT_MISSING"],
    [{ $artifact: path, cid }, "ERR_ARTIFACT_MISSING"],
    [{ $artifact: path, cid: "b3:" }, "ERR_ARTIFACT_MISSING"],
    [{ $artifact: "/etc/passwd" }, "ERR_BAD_FACET"],
    [{ $artifact: "/artifacts/../x" }, "ERR_DOT_SEGMENTS"],
  ];
  for (const [object, code] of refused) {
    await assert.rejects(run({ params: { a: [object] } }, {}), { code });
  }
});

Deno.test("attach() refuses $artifact objects whose bytes in the store are damaged, for which it reads them once", async () => {
  await using place = await temporary();
  const objects = new Map<Cid, Uint8Array>();
  const seen: number[] = [];
  const { run, store } = attaching(
    place.folder,
    { onProgress: ({ done }) => seen.push(done) },
    memoryStore({ objects }),
  );
  const { cid } = await stored(store, "kept", "text/csv");
  const one = { $artifact: "/artifacts/outputs/x/kept.csv", cid };
  await run({ params: { one, two: { ...one } } }, {});
  assert.deepEqual(seen, [4]);
  for (const bytes of objects.values()) bytes[0] = 0x4b;
  await assert.rejects(run({ params: { one } }, {}), {
    code: "ERR_STORE",
    message:
      'Cannot use artifact "/artifacts/outputs/x/kept.csv": its bytes in the store are damaged',
  });
});

/** `attach` over a folder, with a store that counts. */
function attaching(
  folder: string,
  more: Partial<AttachOptions> = {},
  store = memoryStore(),
) {
  const counts = { put: 0 };
  const counting: ArtifactStore = {
    ...store,
    put(...args) {
      counts.put += 1;
      return store.put(...args);
    },
  };
  const run = (payload: JsonObject, files: Readonly<Record<string, string>>) =>
    attach(documentOf(payload, files), {
      store: counting,
      resolvePath: ({ path }) =>
        path.startsWith("/") ? path : join(folder, path),
      signal: new AbortController().signal,
      ...more,
    });
  return { run, store, counts };
}

/** The same with known files, counting the bytes read. */
function knowing(folder: string, store?: ArtifactStore) {
  let before = 0;
  let current = 0;
  const attached = attaching(folder, {
    known: knownFiles(join(folder, "known")),
    onProgress: ({ done, total }) => {
      current = done;
      if (done === total) {
        before += done;
        current = 0;
      }
    },
  }, store);
  return { ...attached, read: () => before + current };
}

function documentOf(
  payload: JsonObject,
  files: Readonly<Record<string, string>>,
): InputsDocument {
  const attachments = Object.entries(files).map(([name, path]) => ({
    name,
    path,
    from: "command" as const,
  }));
  return { payload, attachments, uses: [] };
}

/** Lets what is known look as if it had been learnt long after the file was last written to. */
function grow(folder: string): Promise<void> {
  return eachKnown(folder, (text) => {
    const record = JSON.parse(text);
    return JSON.stringify({ ...record, readAtMs: record.readAtMs + 60_000 });
  });
}

async function eachKnown(
  folder: string,
  change: (text: string) => string,
): Promise<void> {
  for await (const { name } of Deno.readDir(join(folder, "known"))) {
    const path = join(folder, "known", name);
    await Deno.writeTextFile(path, change(await Deno.readTextFile(path)));
  }
}

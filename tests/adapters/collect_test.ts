import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import type { CollectOptions, OutputLimits } from "../../adapters/mod.ts";
import { collectOutputs, memoryStore } from "../../adapters/mod.ts";
import type {
  DeclaredOutput,
  EntryLimits,
  WorldPath,
} from "../../schemas/mod.ts";
import { Failure, indexJson } from "../../schemas/mod.ts";
import { entryWith, prefix } from "./entry_fixture.ts";
import { makeDeepTree } from "./deep_tree.ts";
import { read } from "./store_content.ts";

const PREFIX = prefix("/artifacts/outputs/e/{execution_id}/");
const ANY = [{ path: "any/" }];

Deno.test("collectOutputs() stores, names and indexes what a run wrote, sorted", async () => {
  await using run = await runWith({
    "outputs/e/E1/text/response.txt": "Hello",
    "outputs/e/E1/any/b.JSON": "{}",
    "outputs/e/E1/any/a/deep.png": "png",
    "outputs/e/E2/other.txt": "not of this run",
    "inputs/x": "not an output",
  });
  const outputs = await run.collect({
    outputs: [{ path: "text/response.txt", mime: "text/x-own" }, ...ANY],
  });
  assert.deepEqual(
    outputs.map(({ path, size_bytes, mime }) => [
      path,
      size_bytes,
      mime,
    ]),
    [
      ["/artifacts/outputs/e/E1/any/a/deep.png", 3, "image/png"],
      ["/artifacts/outputs/e/E1/any/b.JSON", 2, "application/json"],
      ["/artifacts/outputs/e/E1/text/response.txt", 5, "text/x-own"],
    ],
  );
  for (const { path, cid, size_bytes, mime } of outputs) {
    assert.deepEqual(await run.store.resolve(path as WorldPath), {
      cid,
      size: size_bytes,
      mime,
    });
  }
  const index = await run.store.resolve(
    "/artifacts/execution/E1/outputs.json" as WorldPath,
  );
  assert.equal(index?.mime, "application/json");
  assert.equal(
    new TextDecoder().decode(await read(run.store, index.cid)),
    indexJson(outputs),
  );
});

Deno.test("collectOutputs() answers nothing for a run that wrote nothing", async () => {
  await using run = await runWith({});
  assert.deepEqual(await run.collect({ outputs: ANY }), []);
  assert.ok(
    await run.store.resolve(
      "/artifacts/execution/E1/outputs.json" as WorldPath,
    ),
  );
});

Deno.test("collectOutputs() leaves a server's own index out", async () => {
  await using run = await runWith({ "execution/E1/outputs.json": "[]" });
  const writePrefix = prefix("/artifacts/execution/{execution_id}/");
  assert.deepEqual(await run.collect({ outputs: ANY, writePrefix }), []);
  await assert.rejects(
    run.collect({ outputs: [{ path: "outputs.json" }], writePrefix }),
    { code: "ERR_OUTPUT_DUPLICATE" },
  );
});

Deno.test("collectOutputs() takes names as they are, percent signs included", async () => {
  await using run = await runWith({
    "outputs/e/E1/any/100%.txt": "a",
    "outputs/e/E1/any/%2e%2e": "b",
    "outputs/e/E1/any/a b?#*:é": "c",
  });
  const outputs = await run.collect({ outputs: ANY });
  assert.deepEqual(outputs.map(({ path }) => path.slice(PREFIX.length + 4)), [
    "%2e%2e",
    "100%.txt",
    "a b?#*:é",
  ]);
});

Deno.test("collectOutputs() refuses names that are no world paths", async () => {
  const refused = {
    "a\\b": "ERR_PERCENT_DECODE",
    "a\u001b[31m": "ERR_PERCENT_DECODE",
    ".git": "ERR_FORBIDDEN_SEGMENT",
    [`${"long/".repeat(205)}x`]: "ERR_PATH_TOO_LONG",
  };
  for (const [name, code] of Object.entries(refused)) {
    await using run = await runWith({ [`outputs/e/E1/any/${name}`]: "x" });
    await assert.rejects(run.collect({ outputs: ANY }), (error: Error) => {
      assert.equal("code" in error && error.code, code, name);
      assert.doesNotMatch(error.message, /\p{Cc}/u);
      return true;
    });
  }
});

Deno.test("collectOutputs() refuses names that are not UTF-8", async () => {
  await using run = await runWith({ "outputs/e/E1/any/x": "x" });
  await bash(`touch "$1/outputs/e/E1/any/"$'\\xff'`, run.folder);
  await assert.rejects(run.collect({ outputs: ANY }), {
    code: "ERR_OUTPUT_UNSAFE",
  });
});

Deno.test("collectOutputs() refuses two names of one canonical path", async () => {
  await using run = await runWith({
    "outputs/e/E1/any/é": "composed",
    "outputs/e/E1/any/e\u0301": "decomposed",
  });
  await assert.rejects(run.collect({ outputs: ANY }), {
    code: "ERR_OUTPUT_DUPLICATE",
  });
});

const UNSAFE: Readonly<Record<string, string>> = {
  "a link to a file": 'ln -s /etc/passwd "$1/any/x"',
  "a link within the run": 'echo x >"$1/any/y"; ln -s y "$1/any/x"',
  "a link that leads nowhere": 'ln -s nowhere "$1/any/x"',
  "a link to a folder": 'ln -s /etc "$1/any/x"',
  "a hard link": 'echo x >"$1/../../y"; ln "$1/../../y" "$1/any/x"',
  "a pipe": 'mkfifo "$1/any/x"',
  // The one device that everybody may make, on most systems.
  "a device": 'mknod "$1/any/x" c 0 0 || mkfifo "$1/any/x"',
  "a folder that is a link": 'rmdir "$1/any"; ln -s /etc "$1/any"',
  "a write prefix that is a link":
    'rm -r "$1"; mkdir -p "$1/../../y/any"; ln -s ../y "$1"',
  "a write prefix that is a file": 'rm -r "$1"; echo x >"$1"',
};

for (const [what, script] of Object.entries(UNSAFE)) {
  Deno.test(`collectOutputs() refuses ${what}`, async () => {
    await using run = await runWith({});
    const below = join(run.folder, "outputs/e/E1");
    await Deno.mkdir(join(below, "any"), { recursive: true });
    await bash(script, below);
    await assert.rejects(run.collect({ outputs: ANY }), {
      code: "ERR_OUTPUT_UNSAFE",
    });
  });
}

Deno.test("collectOutputs() refuses a socket", async () => {
  await using run = await runWith({ "outputs/e/E1/any/x": "x" });
  const path = join(run.folder, "outputs/e/E1/any/s");
  using _listener = Deno.listen({ transport: "unix", path });
  await assert.rejects(run.collect({ outputs: ANY }), {
    code: "ERR_OUTPUT_UNSAFE",
    message: /it is a socket$/,
  });
});

Deno.test("collectOutputs() refuses more bytes or files than allowed, unread", async () => {
  await using run = await runWith({
    "outputs/e/E1/any/a": "12345",
    "outputs/e/E1/any/b": "",
  });
  await assert.rejects(
    run.collect({ outputs: ANY, limits: limits({ files: 1 }) }),
    { code: "ERR_OUTPUT_TOO_LARGE" },
  );
  const giant = join(run.folder, "outputs/e/E1/any/b");
  await Deno.truncate(giant, 2 ** 40);
  await assert.rejects(run.collect({ outputs: ANY }), {
    code: "ERR_OUTPUT_TOO_LARGE",
  });
  await Deno.truncate(giant, 20_000);
  const outputs = await run.collect({
    outputs: ANY,
    limits: limits({ bytes: 30_000, files: 2 }),
  });
  assert.deepEqual(outputs.map(({ size_bytes }) => size_bytes), [5, 20_000]);
});

Deno.test("collectOutputs() refuses more folders than allowed, empty ones too", async () => {
  await using run = await runWith({ "outputs/e/E1/any/a/b": "x" });
  await Deno.mkdir(join(run.folder, "outputs/e/E1/any/c/d"), {
    recursive: true,
  });
  const collect = (folders: number) =>
    run.collect({ outputs: ANY, limits: limits({ folders }) });
  assert.equal((await collect(4)).length, 1);
  await assert.rejects(collect(3), {
    code: "ERR_OUTPUT_TOO_LARGE",
    message: "Cannot collect outputs: they are more than 3 folders",
  });
});

Deno.test("collectOutputs() refuses what cannot be looked at as the run's doing", async () => {
  await using run = await runWith({ "outputs/e/E1/any/a": "x" });
  makeDeepTree(join(run.folder, "outputs/e/E1/any"), {
    name: "n".repeat(200),
    trees: 2,
  });
  await assert.rejects(run.collect({ outputs: ANY }), (error: Error) => {
    assert.equal("code" in error && error.code, "ERR_OUTPUT_UNSAFE");
    assert.match(error.message, /: it cannot be looked at: File name too long/);
    assert.ok(error.message.length < 1200);
    return true;
  });
});

Deno.test("collectOutputs() keeps to the limits of the entry", async () => {
  await using run = await runWith({
    "outputs/e/E1/any/a": "12345",
    "outputs/e/E1/any/b": "123456",
  });
  const collect = (limits: EntryLimits) =>
    collectOutputs(run.folder, {
      entry: { ...entryWith(ANY), limits },
      store: run.store,
      writePrefix: PREFIX,
      executionId: "E1",
    });
  await assert.rejects(collect({ fileBytes: 5 }), {
    code: "ERR_OUTPUT_TOO_LARGE",
    message: 'Cannot collect output "any/b": it has 6 bytes, limit 5',
  });
  await assert.rejects(collect({ outputBytes: 10 }), {
    code: "ERR_OUTPUT_TOO_LARGE",
    message: "Cannot collect outputs: they are more than 10 bytes",
  });
  assert.deepEqual(await Array.fromAsync(run.store.cids()), []);
  const enough = { fileBytes: 6, outputBytes: 100_000 };
  assert.equal((await collect(enough)).length, 2);
});

Deno.test("collectOutputs() refuses what the entry does not declare", async () => {
  await using run = await runWith({ "outputs/e/E1/other.txt": "x" });
  await assert.rejects(run.collect({ outputs: ANY }), {
    code: "ERR_OUTPUT_UNDECLARED",
    message:
      'Cannot accept output "/artifacts/outputs/e/E1/other.txt": the entry does not declare it, declared: /artifacts/outputs/e/E1/any/',
  });
});

Deno.test("collectOutputs() demands what the entry requires", async () => {
  await using run = await runWith({ "outputs/e/E1/any/x": "x" });
  const required = { name: "answer", path: "answer.txt", required: true };
  await assert.rejects(run.collect({ outputs: [...ANY, required] }), {
    code: "ERR_OUTPUT_MISSING",
  });
  await assert.rejects(
    run.collect({ outputs: [...ANY, { path: "more/", required: true }] }),
    { code: "ERR_OUTPUT_MISSING" },
  );
  const optional = { ...required, required: false };
  assert.equal((await run.collect({ outputs: [...ANY, optional] })).length, 1);
});

Deno.test("collectOutputs() refuses a file that is written to meanwhile", async () => {
  await using run = await runWith({ "outputs/e/E1/any/x": "before" });
  const writing = {
    ...run.store,
    async put(content: ReadableStream<Uint8Array>) {
      await Deno.writeTextFile(
        join(run.folder, "outputs/e/E1/any/x"),
        "and more",
        { append: true },
      );
      return await run.store.put(content);
    },
  };
  await assert.rejects(run.collect({ outputs: ANY, store: writing }), {
    code: "ERR_OUTPUT_UNSAFE",
    message: /changed while it was collected/,
  });
});

Deno.test("collectOutputs() names nothing when a file cannot be stored", async () => {
  await using run = await runWith({
    "outputs/e/E1/any/a": "a",
    "outputs/e/E1/any/b": "b",
  });
  const full = new Failure("ERR_STORE", "Cannot write: the disk is full");
  let count = 0;
  const failing = {
    ...run.store,
    put(content: ReadableStream<Uint8Array>) {
      count += 1;
      return count === 2 ? Promise.reject(full) : run.store.put(content);
    },
  };
  await assert.rejects(run.collect({ outputs: ANY, store: failing }), full);
  assert.equal((await Array.fromAsync(run.store.list("/"))).length, 0);
});

Deno.test("collectOutputs() refuses an execution id that is no path segment", async () => {
  await using run = await runWith({});
  for (const executionId of ["..", "a%2Fb", "a\nb", "%41"]) {
    await assert.rejects(run.collect({ outputs: ANY, executionId }), {
      message: /^Cannot use execution id/,
    });
  }
});

/** A run's folder with files in it, by path. */
async function runWith(files: Readonly<Record<string, string>>) {
  const folder = await Deno.makeTempDir();
  for (const [name, text] of Object.entries(files)) {
    const place = join(folder, name);
    await Deno.mkdir(dirname(place), { recursive: true });
    await Deno.writeTextFile(place, text);
  }
  const store = memoryStore();
  return {
    folder,
    store,
    collect: (
      { outputs, ...options }:
        & { readonly outputs: readonly Partial<DeclaredOutput>[] }
        & Partial<Omit<CollectOptions, "entry">>,
    ) =>
      collectOutputs(folder, {
        entry: entryWith(outputs),
        store,
        writePrefix: PREFIX,
        executionId: "E1",
        ...options,
      }),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

function limits(few: Partial<OutputLimits>): OutputLimits {
  return { bytes: 2 ** 30, fileBytes: 2 ** 30, files: 10, folders: 10, ...few };
}

async function bash(script: string, argument: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("bash", {
    args: ["-e", "-c", script, "bash", argument],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

import assert from "node:assert/strict";
import { contextEntries } from "../../../adapters/images/build_context.ts";
import { tar, type TarEntry } from "../../../adapters/images/tar.ts";
import { Failure } from "../../../schemas/mod.ts";
import { temporary } from "../temporary.ts";

const LONG = `${
  "folder-of-sixty-characters-0123456789-0123456789-0123456789/"
    .repeat(3)
}file`;

Deno.test("tar() is read by tar as it was written", async () => {
  await using place = await temporary();
  const { folder } = place;
  const out = `${folder}/out`;
  await Deno.mkdir(out);
  const file = (path: string, text: string, mode = 0o644): TarEntry => {
    const bytes = new TextEncoder().encode(text);
    return {
      kind: "file",
      path,
      mode,
      modified: new Date(1e12),
      size: bytes.length,
      content: async function* () {
        yield bytes;
        await Promise.resolve();
      },
    };
  };
  const at = { mode: 0o755, modified: new Date(1e12) };
  await write(`${folder}/a.tar`, [
    { kind: "folder", path: "dir", ...at },
    file("dir/plain", "text"),
    file("dir/program", "#!/bin/sh\n", 0o755),
    file("dir/empty", ""),
    file("dir/block", "x".repeat(512)),
    file("größe \n line", "name"),
    file(LONG, "long"),
    { kind: "link", path: "link", target: "dir/plain", ...at },
    { kind: "link", path: "long", target: LONG, ...at },
  ]);
  const { success, stderr } = await new Deno.Command("tar", {
    args: ["-xf", `${folder}/a.tar`, "-C", out, "--no-same-owner"],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  const text = (path: string) => Deno.readTextFile(`${out}/${path}`);
  assert.equal(await text("dir/plain"), "text");
  assert.equal(await text("dir/empty"), "");
  assert.equal(await text("dir/block"), "x".repeat(512));
  assert.equal(await text("größe \n line"), "name");
  assert.equal(await text("long"), "long");
  assert.equal(await Deno.readLink(`${out}/link`), "dir/plain");
  const { mode, mtime } = await Deno.stat(`${out}/dir/program`);
  assert.equal((mode ?? 0) & 0o777, 0o755);
  assert.equal(mtime?.getTime(), 1e12);
});

Deno.test("contextEntries() leaves out what .dockerignore says, but not the Dockerfile", async () => {
  assert.deepEqual(
    await sent({
      ".dockerignore": "*\n!kept\nkept/not\n",
      "Dockerfile": "FROM scratch\n",
      "kept/a": "",
      "kept/not": "",
      "left/out": "",
    }),
    [".dockerignore", "Dockerfile", "kept", "kept/a"],
  );
});

Deno.test("contextEntries() looks into ignored folders for what is named again", async () => {
  const files = { "Dockerfile": "", "a/b/c": "", "a/b/d": "", "a/e": "" };
  const ruled = (rules: string) => sent({ ...files, ".dockerignore": rules });
  assert.deepEqual(await ruled("a\n!a/b/c\n"), [
    ".dockerignore",
    "Dockerfile",
    "a/b/c",
  ]);
  assert.deepEqual(await ruled("a\n!**/d\n"), [
    ".dockerignore",
    "Dockerfile",
    "a/b/d",
  ]);
});

Deno.test("contextEntries() takes the rules beside the Dockerfile before the others", async () => {
  assert.deepEqual(
    await sent({
      ".dockerignore": "a",
      "Dockerfile": "",
      "Dockerfile.dockerignore": "b",
      "a": "",
      "b": "",
    }),
    [".dockerignore", "Dockerfile", "Dockerfile.dockerignore", "a"],
  );
});

Deno.test("contextEntries() sends a Dockerfile from elsewhere under another name", async () => {
  await using place = await temporary();
  const { folder } = place;
  await fill(folder, { "context/a": "", "image/Dockerfile": "FROM scratch\n" });
  const found = await contextEntries({
    folder: `${folder}/context`,
    dockerfile: `${folder}/image/Dockerfile`,
  });
  assert.equal(found.dockerfile, ".theory.Dockerfile");
  assert.deepEqual(await paths(found.entries), [".theory.Dockerfile", "a"]);
});

Deno.test("contextEntries() names what is not there, or is something else", async () => {
  await using place = await temporary();
  const { folder } = place;
  await fill(folder, { "file": "" });
  const said = async (context: string, dockerfile: string) => {
    try {
      await contextEntries({
        folder: `${folder}/${context}`,
        dockerfile: `${folder}/${dockerfile}`,
      });
      return undefined;
    } catch (error) {
      if (error instanceof Failure) return error.message.split(": ").at(-1);
      throw error;
    }
  };
  assert.equal(await said(".", "Dockerfile"), "it is not there");
  assert.equal(await said(".", "."), "it is no file");
  assert.equal(await said("file", "file"), "it is no folder");
});

async function sent(
  files: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  await using place = await temporary();
  const { folder } = place;
  await fill(folder, files);
  const dockerfile = `${folder}/Dockerfile`;
  const { entries } = await contextEntries({ folder, dockerfile });
  return await paths(entries);
}

async function fill(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = `${folder}/${path}`;
    await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(file, text);
  }
}

async function paths(
  entries: AsyncIterable<TarEntry>,
): Promise<readonly string[]> {
  return (await Array.fromAsync(entries)).map(({ path }) => path);
}

async function write(
  file: string,
  entries: readonly TarEntry[],
): Promise<void> {
  await Deno.writeFile(file, ReadableStream.from(tar(entries)));
}

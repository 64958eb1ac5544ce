import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { Failure } from "../../schemas/mod.ts";
import { processorDigest } from "../../adapters/sandbox/digest.ts";

type Files = Readonly<Record<string, string>>;

/** The digest of a folder with these files, written in this order. */
async function digestOf(
  files: Files,
  change: (dir: string) => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  const dir = await Deno.makeTempDir({ prefix: "digest-" });
  try {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(join(dir, path)), { recursive: true });
      await Deno.writeTextFile(join(dir, path), text);
    }
    await change(dir);
    return await processorDigest(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const BASE: Files = {
  "registry.yaml": "a",
  "handler.ts": "b",
  "lib/x.ts": "c",
};

Deno.test("processorDigest() is the same wherever the folder is and in whatever order it was written", async () => {
  const reversed = Object.fromEntries(Object.entries(BASE).reverse());
  const digest = await digestOf(BASE);
  assert.match(digest, /^b3:[0-9a-f]{64}$/);
  assert.equal(await digestOf(reversed), digest);
});

const CHANGES: Readonly<Record<string, Files>> = {
  "other bytes": { ...BASE, "handler.ts": "B" },
  "another file": { ...BASE, "more.ts": "" },
  "one file less": { "registry.yaml": "a", "handler.ts": "b" },
  "another name": { "registry.yaml": "a", "handler.ts": "b", "lib/y.ts": "c" },
  "another folder": { "registry.yaml": "a", "handler.ts": "b", "x.ts": "c" },
  "bytes moved to the next file": {
    "registry.yaml": "",
    "handler.ts": "ba",
    "lib/x.ts": "c",
  },
};

for (const [what, files] of Object.entries(CHANGES)) {
  Deno.test(`processorDigest() changes with ${what}`, async () => {
    assert.notEqual(await digestOf(files), await digestOf(BASE));
  });
}

Deno.test("processorDigest() leaves out links, hidden names and node_modules", async () => {
  const more = { ".git/HEAD": "x", ".env": "x", "node_modules/a/b.js": "x" };
  const withLink = (dir: string) =>
    Deno.symlink("/etc/hostname", join(dir, "link.ts"));
  assert.equal(
    await digestOf({ ...BASE, ...more }, withLink),
    await digestOf(BASE),
  );
});

Deno.test("processorDigest() refuses a folder with more than a processor's files", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 2001 }, (_, i) => [`f${i}`, ""]),
  );
  await assert.rejects(
    digestOf(many),
    (error) =>
      error instanceof Failure && error.code === "ERR_ENGINE_UNAVAILABLE",
  );
});

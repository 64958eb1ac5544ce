import type { Cid } from "../../schemas/mod.ts";
import { createHasher, Failure, join } from "../../schemas/mod.ts";

/** Most files that a processor's folder may hold. */
const MAX_FILES = 2000;
/** Most bytes that they may have together. */
const MAX_BYTES = 64 * 1024 * 1024;

interface FoundFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly size: number;
  readonly info: Deno.FileInfo;
}

/** How the files of a folder look from outside. */
export interface Look {
  readonly text: string;
  /** When one of them was changed last, in milliseconds since 1970; infinite where systems do not tell. */
  readonly changedMs: number;
}

/**
 * What a processor is, as one cid: over the relative paths and the bytes of all regular files in the
 * folder of its entry, in order of path. Links, names that begin with a dot and `node_modules` are
 * left out. Files elsewhere that a handler imports do not count: a change of one would not be drift, so the shipped
 * processors share no module, although some of their words are the same.
 */
export async function processorDigest(dir: string): Promise<Cid> {
  // Every run waits for this, and of few small files most of the time is that of going to other threads and back.
  const files = filesIn(dir);
  const hasher = await createHasher();
  for (const { path, size } of files) {
    hasher.update(new TextEncoder().encode(`${path}\0${size}\0`));
    hasher.update(Deno.readFileSync(join(dir, path)));
  }
  return hasher.cid();
}

/** Answers what is different when a file was changed, added or removed; not if that was in the second of another change. */
export function lookOf(dir: string): Look {
  const files = filesIn(dir);
  const lines = files.map(({ path, size, info: { ino, mtime, ctime } }) =>
    [path, size, ino, mtime?.getTime(), ctime?.getTime()].join("\0")
  );
  const times = files.map(({ info: { ctime } }) =>
    ctime?.getTime() ?? Infinity
  );
  return { text: lines.join("\n"), changedMs: Math.max(0, ...times) };
}

function filesIn(dir: string): readonly FoundFile[] {
  const found: FoundFile[] = [];
  let bytes = 0;
  for (const file of walk(dir, "")) {
    bytes += file.size;
    found.push(file);
    if (found.length > MAX_FILES || bytes > MAX_BYTES) throw tooLarge(dir);
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function* walk(dir: string, prefix: string): Generator<FoundFile> {
  for (const entry of Deno.readDirSync(join(dir, prefix))) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory) yield* walk(dir, `${path}/`);
    if (!entry.isFile) continue;
    const info = Deno.lstatSync(join(dir, path));
    yield { path, size: info.size, info };
  }
}

function tooLarge(dir: string): Failure {
  return new Failure(
    "ERR_ENGINE_UNAVAILABLE",
    `Cannot fingerprint the processor in "${dir}": it holds more than ${MAX_FILES} files or ${
      MAX_BYTES / 1024 / 1024
    } MiB`,
    { hint: "Keep data out of the processor's folder" },
  );
}

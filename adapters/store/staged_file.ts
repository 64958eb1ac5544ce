import { dirname, join } from "../../schemas/mod.ts";
import { inFolderOf, namesIn, removeIfThere, syncFolder } from "./folders.ts";

/** A file that is being written where nobody looks, to be moved to its place when it is whole. */
export interface StagedFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Has the disk keep the bytes, then moves the file over whatever is at the place. */
  commit(place: string): Promise<void>;
  /** Removes it; nothing after `commit`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Begins a file in a staging folder, which is made when missing. While it is being written it is
 * locked, by which {@linkcode sweepStaging} tells it from one whose writer was killed.
 */
export async function stageFile(
  folder: string,
  mode: number,
): Promise<StagedFile> {
  const path = () => join(folder, crypto.randomUUID());
  const locked = await createLocked(path, mode);
  return stagedFile(locked);
}

function stagedFile({ path, file }: LockedFile): StagedFile {
  let state: "open" | "committed" | "gone" = "open";
  return {
    write: (bytes) => writeAll(file, bytes),
    async commit(place) {
      await file.syncData();
      await moveTo(place, path);
      state = "committed";
    },
    async [Symbol.asyncDispose]() {
      if (state === "gone") return;
      const left = state === "open";
      state = "gone";
      if (left) await removeIfThere(path);
      file.close();
    },
  };
}

/**
 * Removes files that no living process holds: what a kill or a power cut left. Answers how many there
 * are; with `dryRun` they stay.
 */
export async function sweepStaging(
  folder: string,
  { dryRun }: { readonly dryRun: boolean } = { dryRun: false },
): Promise<number> {
  const paths = (await namesIn(folder)).map((name) => join(folder, name));
  const left = await Promise.all(paths.map((path) => isLeft(path, dryRun)));
  return left.filter(Boolean).length;
}

/** Whether nobody holds the file; removes it then. */
async function isLeft(path: string, dryRun: boolean): Promise<boolean> {
  try {
    using file = await Deno.open(path, { read: true });
    if (!await file.tryLock(true)) return false;
    if (!dryRun) await Deno.remove(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** A file that its process holds for as long as it is open. */
export interface LockedFile {
  readonly path: string;
  readonly file: Deno.FsFile;
}

/** Makes a new locked file, and the folders above it. */
export async function createLocked(
  newPath: () => string,
  mode: number,
): Promise<LockedFile> {
  for (;;) {
    const path = newPath();
    const options = { write: true, createNew: true, mode };
    const file = await inFolderOf(path, () => Deno.openSync(path, options));
    try {
      await file.lock(true);
      // A sweeper may have come between creating and locking, and taken it for a leftover.
      if (exists(path)) return { path, file };
    } catch (error) {
      file.close();
      await removeIfThere(path);
      throw error;
    }
    file.close();
  }
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function moveTo(place: string, path: string): Promise<void> {
  await inFolderOf(place, () => Deno.renameSync(path, place));
  await syncFolder(dirname(place));
}

/** Bytes that are written sooner than another thread is asked to. */
const SMALL = 64 * 1024;

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const rest = bytes.subarray(done);
    done += rest.length <= SMALL
      ? file.writeSync(rest)
      : await file.write(rest);
  }
}

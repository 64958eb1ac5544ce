import { dirname, join } from "../../schemas/mod.ts";
import {
  ensureFolder,
  inFolderOf,
  namesIn,
  removeIfThere,
  syncFolder,
} from "./folders.ts";

/** A file that is being written where nobody looks, to be moved to its place when it is whole. */
export interface StagedFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Has the disk keep the bytes; nothing is written afterwards. */
  sync(): Promise<void>;
  /** Has the disk keep the bytes, if that is not done, then moves the file over whatever is at the place. */
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
  let synced: Promise<void> | undefined;
  const sync = () => synced ??= file.syncData();
  return {
    write: (bytes) => writeAll(file, bytes),
    sync,
    async commit(place) {
      // Together, because each waits for the disk.
      await Promise.all([sync(), folderFor(place)]);
      await moveTo(place, path);
      state = "committed";
    },
    [Symbol.asyncDispose]() {
      const before = state;
      state = "gone";
      if (before === "open") removeIfThere(path);
      if (before !== "gone") file.close();
      return Promise.resolve();
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
  const paths = namesIn(folder).map((name) => join(folder, name));
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
      removeIfThere(path);
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

/** Made while the disk keeps the bytes: not many folders of objects are there in a young store. */
async function folderFor(place: string): Promise<void> {
  const folder = dirname(place);
  if (!exists(folder)) await ensureFolder(folder);
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

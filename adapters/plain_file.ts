import type { Stats } from "node:fs";
import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";

/** A regular file opened for reading, which stays the same file whatever happens to its name. */
export interface PlainFile {
  readonly state: FileState;
  /** Its bytes from the beginning; may be read more than once. Errors with {@linkcode FileChanged}. */
  content(): ReadableStream<Uint8Array>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Which file it is and how it stood when it was opened; changes when its bytes do. */
export interface FileState {
  readonly dev: number;
  readonly ino: number;
  readonly size: number;
  /** Bytes on the disk: fewer than `size` in a file with holes. */
  readonly allocated: number;
  /** Names of the file on the disk. */
  readonly links: number;
  /** Milliseconds since 1970. */
  readonly mtimeMs: number;
  /** Milliseconds since 1970; whole seconds on some versions of Deno. */
  readonly ctimeMs: number;
}

/** What was opened is no regular file: a folder, device, pipe or socket. */
export class NotPlain extends Error {
  override readonly name = "NotPlain";
  readonly isFolder: boolean;

  constructor(isFolder: boolean) {
    super(`Cannot read: it is ${isFolder ? "a folder" : "no regular file"}`);
    this.isFolder = isFolder;
  }
}

/** The file was written to while it was read, so its bytes are nobody's file. */
export class FileChanged extends Error {
  override readonly name = "FileChanged";
}

const PIECE_BYTES = 256 * 1024;

/**
 * Opens a regular file. Never waits for a pipe, never opens what is no file for long. With
 * `followLinks: false` a symbolic link as last part of the path is refused by the system (`ELOOP`).
 */
export async function openPlainFile(
  path: string,
  { followLinks }: { readonly followLinks: boolean },
): Promise<PlainFile> {
  const follow = followLinks ? 0 : constants.O_NOFOLLOW;
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | follow;
  const handle = await open(path, flags);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new NotPlain(stats.isDirectory());
    const state = stateOf(stats);
    return {
      state,
      content: () => ReadableStream.from(piecesOf(handle, state)),
      [Symbol.asyncDispose]: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function* piecesOf(
  handle: FileHandle,
  before: FileState,
): AsyncGenerator<Uint8Array> {
  let position = 0;
  for (;;) {
    const buffer = new Uint8Array(PIECE_BYTES);
    const { bytesRead } = await handle.read(
      buffer,
      0,
      buffer.length,
      position,
    );
    position += bytesRead;
    if (bytesRead === 0 || position > before.size) break;
    yield buffer.subarray(0, bytesRead);
  }
  const after = stateOf(await handle.stat());
  if (position !== before.size || !sameState(before, after)) {
    throw new FileChanged("Cannot read: it was changed meanwhile");
  }
}

function stateOf(stats: Stats): FileState {
  return {
    dev: stats.dev,
    ino: stats.ino,
    size: stats.size,
    allocated: stats.blocks * 512,
    links: stats.nlink,
    mtimeMs: stats.mtimeMs,
    ctimeMs: stats.ctimeMs,
  };
}

/** Whether it is the same file, unchanged as far as its size and times tell. */
export function sameState(a: FileState, b: FileState): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.size === b.size &&
    a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs;
}

/** A regular file opened for reading, which stays the same file whatever happens to its name. */
export interface PlainFile {
  readonly state: FileState;
  /**
   * Its bytes from the beginning; may be read more than once. A piece is good until the next one is asked
   * for, so that a file of any size takes the memory of one piece. Errors with {@linkcode FileChanged}.
   */
  content(): AsyncIterable<Uint8Array>;
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

/** Bytes that are read sooner than another thread is asked to. */
const SMALL = 64 * 1024;

/**
 * Opens a regular file, in the background, since a pipe may have taken its name. What it is is asked before it is opened, so that pipes are not waited for and
 * devices not touched, and asked again of what was opened: a name that was turned into something else in
 * between is refused. With `followLinks: false` so is a symbolic link as last part of the path.
 */
export async function openPlainFile(
  path: string,
  { followLinks }: { readonly followLinks: boolean },
): Promise<PlainFile> {
  const look = () => followLinks ? Deno.statSync(path) : Deno.lstatSync(path);
  const before = look();
  if (!before.isFile) throw new NotPlain(before.isDirectory);
  const file = await Deno.open(path);
  const opened = () => stateOf(file, look);
  try {
    const state = opened();
    if (!sameFile(state, stateFrom(before))) throw new NotPlain(false);
    return {
      state,
      content: () => piecesOf(file, state, opened),
      [Symbol.asyncDispose]: () => Promise.resolve(file.close()),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

async function* piecesOf(
  file: Deno.FsFile,
  before: FileState,
  opened: () => FileState,
): AsyncGenerator<Uint8Array> {
  file.seekSync(0, Deno.SeekMode.Start);
  const buffer = new Uint8Array(Math.min(PIECE_BYTES, before.size + 1));
  const isSmall = before.size <= SMALL;
  let position = 0;
  for (;;) {
    const read = isSmall ? file.readSync(buffer) : await file.read(buffer);
    if (read === null) break;
    position += read;
    if (position > before.size) break;
    yield buffer.subarray(0, read);
  }
  if (position !== before.size || !sameState(before, opened())) {
    throw new FileChanged("Cannot read: it was changed meanwhile");
  }
}

/** Of the open file itself; by its name where permission was granted through a symbolic link, for Deno then refuses the former. */
function stateOf(file: Deno.FsFile, look: () => Deno.FileInfo): FileState {
  try {
    return stateFrom(file.statSync());
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return stateFrom(look());
    throw error;
  }
}

function stateFrom(info: Deno.FileInfo): FileState {
  return {
    dev: info.dev,
    ino: info.ino ?? 0,
    size: info.size,
    allocated: (info.blocks ?? 0) * 512,
    links: info.nlink ?? 1,
    mtimeMs: info.mtime?.getTime() ?? 0,
    ctimeMs: info.ctime?.getTime() ?? 0,
  };
}

function sameFile(a: FileState, b: FileState): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/** Whether it is the same file, unchanged as far as its size and times tell. */
export function sameState(a: FileState, b: FileState): boolean {
  return sameFile(a, b) && a.size === b.size && a.mtimeMs === b.mtimeMs &&
    a.ctimeMs === b.ctimeMs;
}

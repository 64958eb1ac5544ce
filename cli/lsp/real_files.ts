import type { HostFiles } from "../../lsp/mod.ts";
import {
  type Cid,
  createHasher,
  type FileState,
  MAX_DOCUMENT_BYTES,
} from "../../schemas/mod.ts";

/** Most bytes of a file that the server reads at once. */
const SMALL = 1024 * 1024;

/** Files as they are. Where the server may not read, it knows nothing, and says nothing. */
export const REAL_FILES: HostFiles = {
  probe,
  text: smallText,
  list,
  head,
  cid,
};

function probe(path: string): FileState {
  try {
    const { isDirectory, isFile, size } = Deno.statSync(path);
    if (isDirectory) return { kind: "directory" };
    return isFile ? { kind: "file", size } : { kind: "unreadable" };
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return { kind: "unknown" };
    const isNone = error instanceof Deno.errors.NotFound;
    return { kind: isNone ? "missing" : "unreadable" };
  }
}

function smallText(path: string): string | undefined {
  if (!mayRead(path)) return undefined;
  try {
    const { isFile, size } = Deno.statSync(path);
    return isFile && size <= SMALL ? Deno.readTextFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}

/** Asked first, for documents are looked for in places that nobody speaks of. */
function mayRead(path: string): boolean {
  return Deno.permissions.querySync({ name: "read", path }).state === "granted";
}

function list(dir: string): ReturnType<HostFiles["list"]> {
  try {
    return [...Deno.readDirSync(dir)]
      .map(({ name, isDirectory, isSymlink }) => ({
        name,
        isFolder: isDirectory ||
          (isSymlink && probe(`${dir}/${name}`).kind === "directory"),
      }))
      .sort((a, b) => a.name < b.name ? -1 : 1);
  } catch {
    return [];
  }
}

async function head(
  path: string,
  bytes: number,
): Promise<Uint8Array | undefined> {
  try {
    if (probe(path).kind !== "file") return undefined;
    using file = await Deno.open(path);
    const buffer = new Uint8Array(Math.min(bytes, MAX_DOCUMENT_BYTES));
    let done = 0;
    while (done < buffer.length) {
      const read = await file.read(buffer.subarray(done));
      if (read === null) break;
      done += read;
    }
    return buffer.subarray(0, done);
  } catch {
    return undefined;
  }
}

async function cid(
  path: string,
  signal: AbortSignal,
): Promise<Cid | undefined> {
  try {
    if (probe(path).kind !== "file") return undefined;
    using file = await Deno.open(path);
    const hasher = await createHasher();
    for await (const bytes of file.readable) {
      if (signal.aborted) return undefined;
      hasher.update(bytes);
    }
    return hasher.cid();
  } catch {
    return undefined;
  }
}

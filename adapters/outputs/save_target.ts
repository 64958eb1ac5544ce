import { dirname, Failure, join } from "../../schemas/mod.ts";

/** Where outputs are saved: all of them below a folder, or the first one as a file. */
export interface SaveTarget {
  readonly kind: "dir" | "first";
  readonly path: string;
}

/**
 * Finds out before a run whether its outputs can be saved: a file is really written beside where they
 * go, and removed. Folders that are missing are looked for upwards and not made yet, unless permission
 * is granted for the target alone. Throws `ERR_SAVE_TARGET`, which says what was to be saved.
 */
export async function checkSaveTarget(
  target: SaveTarget,
  what = "outputs",
): Promise<void> {
  try {
    const folder = target.kind === "dir"
      ? await existingFolder(target.path)
      : await folderForFile(target.path);
    await probe(folder);
  } catch (error) {
    const found = error instanceof Error ? error.message : `${error}`;
    const { path } = error instanceof Refused ? error : target;
    throw new Failure(
      "ERR_SAVE_TARGET",
      `Cannot save ${what} to "${path}": ${found}`,
      { cause: error },
    );
  }
}

async function folderForFile(path: string): Promise<string> {
  if (/[/\\]$/.test(path)) throw refused(path, "it names a folder");
  const info = await infoOf(path);
  if (info?.isDirectory) throw refused(path, "it is a folder");
  if (info !== undefined && !info.isFile) {
    throw refused(path, "it is no regular file");
  }
  return await existingFolder(dirname(path));
}

/** The folder, or the nearest one above it that exists. */
async function existingFolder(path: string): Promise<string> {
  const info = await infoOf(path);
  if (info?.isDirectory) return path;
  if (info !== undefined) throw refused(path, "it is not a folder");
  if (await isLink(path)) throw refused(path, "it is a link to nothing");
  const above = dirname(path);
  if (above === path) throw refused(path, "no such folder");
  return await mayLookAt(above)
    ? await existingFolder(above)
    : await made(path);
}

async function mayLookAt(path: string): Promise<boolean> {
  const permissions = await Promise.all([
    Deno.permissions.query({ name: "read", path }),
    Deno.permissions.query({ name: "write", path }),
  ]);
  return permissions.every(({ state }) => state === "granted");
}

/** Where permission ends at the target itself, only making it tells. */
async function made(path: string): Promise<string> {
  await Deno.mkdir(path, { recursive: true });
  return path;
}

async function probe(folder: string): Promise<void> {
  const path = join(folder, `.save-${crypto.randomUUID()}`);
  using _file = await Deno.open(path, { write: true, createNew: true });
  await Deno.remove(path);
}

async function infoOf(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await Deno.lstat(path)).isSymlink;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function refused(path: string, found: string): Refused {
  return new Refused(path, found);
}

/** A place that cannot be saved to. */
class Refused extends Error {
  override readonly name = "Refused";
  readonly path: string;

  constructor(path: string, found: string) {
    super(found);
    this.path = path;
  }
}

import { dirname } from "../../schemas/mod.ts";

/**
 * Makes a folder and those above it, private to the user, and has the disk keep them. Folders that
 * are there stay as they are.
 */
export async function ensureFolder(path: string): Promise<void> {
  try {
    await Deno.mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return;
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await ensureFolder(dirname(path));
    return await ensureFolder(path);
  }
  await syncAbove(path);
}

/** Does a step that needs the folder of a path; when that is missing, makes it and does the step again. */
export async function inFolderOf<T>(
  path: string,
  step: () => T | Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await ensureFolder(dirname(path));
    return await step();
  }
}

/** The folder above the store may be one that Deno may not read; then the system keeps the name in its own time. */
async function syncAbove(path: string): Promise<void> {
  try {
    await syncFolder(dirname(path));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
  }
}

/** Has the disk keep the names in a folder: without it a file just renamed may be gone after a power cut. */
export async function syncFolder(path: string): Promise<void> {
  using folder = Deno.openSync(path, { read: true });
  await folder.sync();
}

/** The names in a folder, sorted; none when it is not there. */
export function namesIn(path: string): readonly string[] {
  try {
    return [...Deno.readDirSync(path)].map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Removes a file; answers whether it was there. */
export function removeIfThere(path: string): boolean {
  try {
    Deno.removeSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

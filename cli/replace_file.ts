import { stagedName } from "./staged_name.ts";

/**
 * Writes a text over a file, at once and with its mode, owner and group kept. A link, a file of several names and one
 * of another owner are written in place, since another file would not be the same.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const info = await Deno.lstat(path);
  if (info.isSymlink || (info.nlink ?? 1) > 1) {
    return await Deno.writeTextFile(path, text, { create: false });
  }
  const staged = stagedName(path);
  // What a killed command left behind.
  await removeIfThere(staged);
  try {
    if (await stage(staged, text, info)) await Deno.rename(staged, path);
    else await Deno.writeTextFile(path, text, { create: false });
  } finally {
    await removeIfThere(staged);
  }
}

/** Writes the file that takes the place of another one; answers whether it can. */
async function stage(
  staged: string,
  text: string,
  { mode, uid, gid }: Deno.FileInfo,
): Promise<boolean> {
  using file = await opened(staged);
  if (file === undefined) return false;
  const own = await file.stat();
  if (own.uid !== uid || own.gid !== gid) return false;
  const bytes = new TextEncoder().encode(text);
  for (let done = 0; done < bytes.length;) {
    done += await file.write(bytes.subarray(done));
  }
  await file.sync();
  if (mode !== null) await Deno.chmod(staged, mode & 0o7777);
  return true;
}

/** Undefined in a folder that takes no new files. */
async function opened(staged: string): Promise<Deno.FsFile | undefined> {
  try {
    const options = { write: true, createNew: true, mode: 0o600 };
    return await Deno.open(staged, options);
  } catch (error) {
    if (error instanceof Deno.errors.PermissionDenied) return undefined;
    throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

import { dirname } from "node:path";
import { ensureFolder } from "./folders.ts";

/**
 * Keeps what several processes do in a store apart for a moment: one at a time, users too, for of two that mark
 * content at once the later mark could be overwritten by the earlier. Waits for its turn. A process that is killed
 * leaves no lock.
 */
export interface StoreLock {
  /** Looks for content and marks it as used, with nobody in between. */
  use<T>(step: () => Promise<T>): Promise<T>;
  /** Removes something, with no user in between. */
  collect<T>(step: () => Promise<T>): Promise<T>;
}

/** The lock that is a file, made when first needed. */
export function storeLock(path: string): StoreLock {
  const during = async <T>(step: () => Promise<T>) => {
    using file = await open(path);
    await file.lock(true);
    return await step();
  };
  return { use: during, collect: during };
}

async function open(path: string): Promise<Deno.FsFile> {
  const options = { read: true, write: true, create: true, mode: 0o600 };
  try {
    return await Deno.open(path, options);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await ensureFolder(dirname(path));
    return await Deno.open(path, options);
  }
}

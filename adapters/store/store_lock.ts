import { dirname } from "node:path";
import { ensureFolder } from "./folders.ts";

/**
 * Keeps what several processes do in a store apart for a moment: any number of users at once, or one
 * collector alone. Waits for its turn. A process that is killed leaves no lock.
 */
export interface StoreLock {
  /** Looks for content and marks it as used, with no collector in between. */
  use<T>(step: () => Promise<T>): Promise<T>;
  /** Removes something, with no user in between. */
  collect<T>(step: () => Promise<T>): Promise<T>;
}

/** The lock that is a file, made when first needed. */
export function storeLock(path: string): StoreLock {
  const during = async <T>(exclusive: boolean, step: () => Promise<T>) => {
    using file = await open(path);
    await file.lock(exclusive);
    return await step();
  };
  return {
    use: (step) => during(false, step),
    collect: (step) => during(true, step),
  };
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

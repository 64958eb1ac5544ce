import { dirname } from "../../schemas/mod.ts";
import { ensureFolder } from "./folders.ts";

/**
 * Keeps what several processes do in a store apart for a moment. Users take turns, too: of two that mark content at
 * once the later mark could be overwritten by the earlier. A process that is killed leaves no lock.
 */
export interface StoreLock {
  /** Looks for content and marks or removes it, with nobody in between. Waits for its turn. */
  alone<T>(step: () => Promise<T>): Promise<T>;
}

/** The lock that is a file, made when first needed. */
export function storeLock(path: string): StoreLock {
  return {
    async alone(step) {
      using file = await open(path);
      await file.lock(true);
      return await step();
    },
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

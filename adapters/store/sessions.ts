import { join } from "../../schemas/mod.ts";
import { namesIn, removeIfThere } from "./folders.ts";
import { createLocked } from "./staged_file.ts";

const PREFIX = "session-";

/** A process that uses the store, as others see it. */
export interface Session extends AsyncDisposable {
  /** When it began, by the clock of the file system: milliseconds since 1970. */
  readonly startedAtMs: number;
}

/**
 * Begins a session: a locked file in the staging folder that says since when its process uses the store.
 * When the process is killed the lock goes, and the file with the next sweep.
 */
export async function beginSession(stagingFolder: string): Promise<Session> {
  const { path, file } = await createLocked(
    () => join(stagingFolder, `${PREFIX}${crypto.randomUUID()}`),
    0o600,
  );
  const { mtime } = Deno.statSync(path);
  return {
    startedAtMs: mtime?.getTime() ?? 0,
    [Symbol.asyncDispose]() {
      removeIfThere(path);
      file.close();
      return Promise.resolve();
    },
  };
}

/** When the oldest session of a living process began; undefined when there is none. */
export async function oldestSession(
  stagingFolder: string,
): Promise<number | undefined> {
  const paths = namesIn(stagingFolder)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => join(stagingFolder, name));
  const started = (await Promise.all(paths.map(startOf)))
    .filter((time) => time !== undefined);
  return started.length === 0 ? undefined : Math.min(...started);
}

async function startOf(path: string): Promise<number | undefined> {
  try {
    using file = await Deno.open(path, { read: true });
    if (await file.tryLock(true)) return undefined;
    return (await Deno.stat(path)).mtime?.getTime();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

import { join } from "../../schemas/mod.ts";
import { namesIn, removeIfThere } from "../store/folders.ts";

/** How the names of files begin that are being saved. */
const PREFIX = ".save-";

/** A file that is being saved, under a name of its own until it is whole. */
export interface SaveFile extends AsyncDisposable {
  readonly path: string;
  write(content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Gives it its name, over what is there. */
  commit(file: string): Promise<void>;
}

/**
 * Begins a file in a folder. It is locked while it is written, by which {@linkcode sweepSaves} tells it from
 * what a killed command left; when this command is killed by a second signal it is removed at once.
 */
export async function beginSave(
  folder: string,
  killed?: AbortSignal,
): Promise<SaveFile> {
  const path = join(folder, `${PREFIX}${crypto.randomUUID()}`);
  const file = await Deno.open(path, { write: true, createNew: true });
  await file.lock(true);
  const onKilled = () => Deno.removeSync(path);
  killed?.addEventListener("abort", onKilled);
  let open = true;
  return {
    path,
    async write(content) {
      for await (const piece of content) await writeAll(file, piece);
    },
    async commit(place) {
      await Deno.rename(path, place);
      open = false;
    },
    async [Symbol.asyncDispose]() {
      killed?.removeEventListener("abort", onKilled);
      if (open) await removeIfThere(path);
      file.close();
    },
  };
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += await file.write(bytes.subarray(done));
  }
}

/** Removes the beginnings of files that no living process saves. */
export async function sweepSaves(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (name.startsWith(PREFIX)) await removeUnheld(join(folder, name));
  }
}

async function removeUnheld(path: string): Promise<void> {
  try {
    using file = await Deno.open(path, { write: true });
    if (await file.tryLock(true)) await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

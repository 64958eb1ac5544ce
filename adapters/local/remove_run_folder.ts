import { removeTree } from "../remove_tree.ts";

/** How often a folder that is still being written to is tried, 50 ms apart. */
const TRIES = 20;

/** Removes a run's folder. A run that was given up may still be writing for a moment; in the end `note` is told. */
export async function removeRunFolder(
  folder: string,
  note: (message: string) => void,
): Promise<void> {
  for (let attempt = 1;; attempt++) {
    try {
      return await removeTree(folder);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      if (error instanceof Deno.errors.NotCapable) throw error;
      if (attempt === TRIES) return note(`Cannot remove "${folder}": ${error}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

import { runFolderName, workFolderMark } from "./schemas.ts";

/** Makes a folder that no run has yet, for a Worker that waits for one. */
export function makeSpareFolder(runsDir: string): string {
  const dir = `${runsDir}/.spare-${crypto.randomUUID()}`;
  Deno.mkdirSync(dir, { mode: 0o700 });
  return dir;
}

/** Says where a run works while it goes on, for who looks after what it writes. Answers what ends that. */
export function markWorkFolder(
  runsDir: string,
  executionId: string,
  dir: string,
): () => void {
  const mark = `${runsDir}/${workFolderMark(executionId)}`;
  Deno.writeTextFileSync(mark, dir.slice(runsDir.length + 1), { mode: 0o600 });
  return () => Deno.removeSync(mark);
}

/** Whether a run of this id has a folder already: an earlier run, or inputs that were put there for it. */
export function hasFolder(runDir: string): boolean {
  try {
    Deno.lstatSync(runDir);
    return true;
  } catch {
    return false;
  }
}

/** Makes the folder of a run, or clears what an earlier run of that id left; `inputs/` stays. */
export async function prepareFolder(runDir: string): Promise<void> {
  await Deno.mkdir(runDir, { recursive: true, mode: 0o700 });
  for await (const { name } of Deno.readDir(runDir)) {
    if (name !== "inputs") {
      await Deno.remove(`${runDir}/${name}`, { recursive: true });
    }
  }
}

/** The folder that is a run's `/artifacts/`. */
export function folderOf(runsDir: string, executionId: string): string {
  return `${runsDir}/${runFolderName(executionId)}`;
}

/** Removes the folder of a run, if there is one. */
export async function removeFolder(
  runsDir: string,
  executionId: string,
): Promise<void> {
  try {
    await Deno.remove(folderOf(runsDir, executionId), { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

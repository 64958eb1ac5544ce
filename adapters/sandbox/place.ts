import { join } from "../../schemas/mod.ts";
import { removeTree } from "../remove_tree.ts";

/** Where the state of one ref's instance is kept. */
export interface Place {
  /** The state folder that it is in. */
  readonly stateDir: string;
  readonly record: string;
  readonly lock: string;
  readonly log: string;
  /** Log of the instance before this one. */
  readonly previousLog: string;
  readonly runsDir: string;
  /** What `knownDigest` remembers. */
  readonly known: string;
}

export function instancesDir(stateDir: string): string {
  return join(stateDir, "instances");
}

/** The place of a ref. Its file names tell refs apart that have the same slug (`a-b/c@1`, `a/b-c@1`). */
export function placeOf(stateDir: string, ref: string): Place {
  const stem = ref.replaceAll("/", "~");
  const base = join(instancesDir(stateDir), stem);
  return {
    stateDir,
    record: `${base}.json`,
    lock: `${base}.lock`,
    log: `${base}.log`,
    previousLog: `${base}.log.1`,
    runsDir: join(stateDir, "runs", stem),
    known: `${base}.known`,
  };
}

/** Folder of the runs of one ephemeral server. */
export function ephemeralRunsDir(stateDir: string, token: string): string {
  return join(stateDir, "runs", `ephemeral-${token.slice(0, 16)}`);
}

/** Makes a folder and those above it, private to the user. */
export async function makePrivate(dir: string): Promise<void> {
  await Deno.mkdir(dir, { recursive: true, mode: 0o700 });
}

/** Removes a file or a whole folder, if it is there. */
export async function removeIfThere(path: string): Promise<void> {
  try {
    await removeTree(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

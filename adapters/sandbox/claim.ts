import { basename, dirname, join } from "node:path";

/** A folder of runs that is this process's to remove. */
export interface Claim {
  /** Removes the claim, not the folder. */
  release(): void;
}

/** How the names of claims begin; no run folder begins with a dot. */
export const CLAIM = ".claim-";

/** The claim of a folder that somebody else also removes, and who then must not leave the claim: inside of it. */
export const CLAIM_INSIDE = ".claim";

/** Where the claim of one run's folder is: beside it. */
export function claimBeside(folder: string): string {
  return join(dirname(folder), `${CLAIM}${basename(folder)}`);
}

/**
 * Marks a folder as being used by this process, with a locked file. The system unlocks the file when the process
 * ends, however that comes: `sweepRuns` then removes file and folder. Undefined when another process has it.
 */
export function claim(path: string): Claim | undefined {
  const options = { create: true, write: true, mode: 0o600 } as const;
  const file = Deno.openSync(path, options);
  if (!file.tryLockSync(true)) {
    file.close();
    return undefined;
  }
  let held = true;
  return {
    release() {
      if (!held) return;
      held = false;
      removeIfThere(path);
      file.close();
    },
  };
}

/** Removes a file or a whole folder at once, if it is there. */
export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

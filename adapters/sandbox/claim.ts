import { basename, dirname, join } from "../../schemas/mod.ts";

/** A folder of runs that is this process's to remove. */
export interface Claim {
  /** Removes the claim, not the folder. */
  release(): void;
}

/** How the names of claims begin; no run folder begins with a dot. */
export const CLAIM = ".claim-";

/** The claim of a folder that somebody else also removes, and who then must not leave the claim: inside of it. */
export const CLAIM_INSIDE = ".claim";

/** How the folders begin in which is written down what runs use of a folder that they share: beside that one. */
export const USES = ".uses-";

/** Where the claim of one run's folder is: beside it. */
export function claimBeside(folder: string): string {
  return join(dirname(folder), `${CLAIM}${basename(folder)}`);
}

/** How the names of claims begin that are not locked yet. */
export const CLAIMING = ".claiming-";

/**
 * Marks a folder as being used by this process, with a locked file. The system unlocks the file when the process
 * ends, however that comes: `sweepRuns` then removes file and folder. The file is locked before it has the name
 * that is looked for, so that nobody finds it unlocked. Undefined when another process has the claim. `at` is told
 * of the moments in which others could come between.
 */
export function claim(
  path: string,
  at: (moment: "made" | "locked") => void = () => {},
): Claim | undefined {
  for (;;) {
    const made = lockedFile(dirname(path), () => at("made"));
    at("locked");
    try {
      Deno.linkSync(made.path, path);
      return claimOf(path, made.file);
    } catch (error) {
      made.file.close();
      if (error instanceof Deno.errors.AlreadyExists) return undefined;
      // Somebody swept it up before it was locked.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    } finally {
      removeIfThere(made.path);
    }
  }
}

function lockedFile(folder: string, onMade: () => void) {
  const path = join(folder, `${CLAIMING}${crypto.randomUUID()}`);
  const file = Deno.openSync(path, {
    createNew: true,
    write: true,
    mode: 0o600,
  });
  onMade();
  file.lockSync(true);
  return { path, file };
}

function claimOf(path: string, file: Deno.FsFile): Claim {
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

/** Whether a process that lives has a claim. */
export function isHeld(path: string): boolean {
  try {
    using file = Deno.openSync(path, { write: true });
    return !file.tryLockSync(true);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Removes a file or a whole folder at once, if it is there. */
export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

import { join } from "../../schemas/mod.ts";
import { ifThere } from "../if_there.ts";

/** A lock that lasts as long as the process, or until it is released. */
export interface RunLock {
  release(): void;
}

/**
 * One locked file for each run that is going on. A run whose file is not locked is over, whatever else uses its
 * process number now. Call {@linkcode take} and {@linkcode sweep} inside write transactions alone: then no
 * file is seen before it is locked.
 */
export interface RunLocks {
  /** Locks the file of a run that begins now. */
  take(key: string): RunLock;
  /** Whether the process that runs it is there. */
  isHeld(key: string): boolean;
  /** Keys of all files. */
  keys(): readonly string[];
  /** Removes the file of a run that is over. */
  remove(key: string): void;
}

/** The locks in a folder, which is made when missing. */
export function runLocks(folder: string): RunLocks {
  const placeOf = (key: string) => join(folder, key);
  const remove = (key: string) => ifThere(() => Deno.removeSync(placeOf(key)));
  return {
    remove,
    take(key) {
      Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
      const file = Deno.openSync(placeOf(key), {
        createNew: true,
        write: true,
        mode: 0o600,
      });
      file.lockSync(true);
      return {
        release() {
          remove(key);
          file.close();
        },
      };
    },
    isHeld: (key) =>
      ifThere(() => {
        using file = Deno.openSync(placeOf(key), { write: true });
        return !file.tryLockSync(true);
      }) ?? false,
    keys: () =>
      ifThere(() => [...Deno.readDirSync(folder)].map(({ name }) => name)) ??
        [],
  };
}

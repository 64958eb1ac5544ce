import { join, resolve } from "../../schemas/mod.ts";
import {
  type ArtifactStore,
  fileStore,
  type Journal,
  memoryJournal,
  openStateDir,
} from "../../adapters/mod.ts";
import { journalOf } from "../local_road.ts";
import { stateDirOf } from "../touches.ts";
import type { World } from "../world.ts";

/** The recorded runs of a state folder, and the store that keeps what they name. */
export interface Runs extends Disposable {
  readonly journal: Journal;
  readonly store: ArtifactStore;
}

/**
 * Opens the journal of a state folder, and finds runs that died. Where nothing was recorded yet nothing is
 * made, and there are no runs.
 */
export async function openRuns(
  flags: { readonly stateDir: string | undefined },
  world: World,
): Promise<Runs> {
  const stateDir = resolve(world.cwd, stateDirOf(flags, world));
  const store = fileStore(join(stateDir, "artifacts"));
  const isThere = (name: string) =>
    world.files.probe(join(stateDir, name)).kind !== "missing";
  const journal = isThere("journal.db") || isThere("unsettled")
    ? journalOf((await openStateDir(stateDir)).path, world)
    : memoryJournal(() => new Date(world.clock.now()));
  try {
    await journal.settleDead();
  } catch (error) {
    journal.close();
    throw error;
  }
  return { journal, store, [Symbol.dispose]: () => journal.close() };
}

import { basename, dirname, isObject, join } from "../../schemas/mod.ts";
import { readJsonFile } from "../json_file.ts";
import { claimBeside, isHeld, removeIfThere, USES } from "../sandbox/claim.ts";
import type { Gift } from "./given_files.ts";
import type { Names } from "./inside.ts";
import { removeEmptyInside, removeInside } from "./inside.ts";

/** What a run uses of a folder that others use, too: names that lead there. */
export interface Use {
  /** Folders that are its alone. */
  readonly own: readonly Names[];
  /** Files that others may be given as well. */
  readonly given: readonly Gift[];
}

/** Where the uses of an instance's folder are written down. */
export function usesOf(runsDir: string): string {
  return join(dirname(runsDir), `${USES}${basename(runsDir)}`);
}

/** The folder that uses are of. */
export function usedBy(uses: string): string {
  return join(dirname(uses), basename(uses).slice(USES.length));
}

/** Where copies are made for a run, which are moved into place when they are whole; its processor does not see it. */
export function stagingOf(uses: string, executionId: string): string {
  return join(uses, `.given-${executionId}`);
}

/** Does what takes no time while nobody else does. */
export async function underLock<T>(
  uses: string,
  action: () => T,
): Promise<T> {
  using file = await Deno.open(join(uses, LOCK), {
    create: true,
    write: true,
    mode: 0o600,
  });
  await file.lock(true);
  return action();
}

const LOCK = ".lock";

export function writeUse(uses: string, executionId: string, use: Use): void {
  const options = { mode: 0o600 };
  Deno.writeTextFileSync(join(uses, executionId), JSON.stringify(use), options);
}

/**
 * Removes what a run used that has ended, except the files that another one that goes on was given, too. What cannot be
 * removed stays written down, for the next sweep. To be called under the lock.
 */
export function endUse(
  executionId: string,
  { uses, runsDir, note }: {
    readonly uses: string;
    readonly runsDir: string;
    readonly note: (message: string) => void;
  },
): void {
  const use = readUse(join(uses, executionId));
  const others = new Set(
    [...otherUses(uses, executionId).values()].flatMap(({ given }) => given)
      .map(({ names }) => names.join("/")),
  );
  try {
    removeIfThere(stagingOf(uses, executionId));
    for (const names of use?.own ?? []) removeInside(runsDir, names);
    for (const { names } of use?.given ?? []) {
      if (others.has(names.join("/"))) continue;
      removeInside(runsDir, names);
      removeEmptyInside(runsDir, names.slice(0, -1));
    }
    removeIfThere(join(uses, executionId));
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    note(`Cannot remove what "${executionId}" left in "${runsDir}": ${error}`);
  }
}

/** What the other runs use that go on, by their ids. To be called under the lock. */
export function otherUses(
  uses: string,
  executionId: string,
): ReadonlyMap<string, Use> {
  const others = usersOf(uses).filter((id) =>
    id !== executionId && isHeld(claimBeside(join(uses, id)))
  );
  return new Map(others.flatMap((id) => {
    const use = readUse(join(uses, id));
    return use === undefined ? [] : [[id, use] as const];
  }));
}

/** Ends the uses of runs whose command was killed. */
export async function sweepUses(uses: string): Promise<void> {
  await underLock(uses, () => endDeadUses(uses));
  const left = usersOf(uses).length > 0 || isFolder(usedBy(uses));
  if (!left) removeIfThere(uses);
}

/** Ends the uses that nobody has a claim of: of runs whose command was killed. To be called under the lock. */
export function endDeadUses(uses: string): void {
  const runsDir = usedBy(uses);
  for (const executionId of usersOf(uses)) {
    if (isHeld(claimBeside(join(uses, executionId)))) continue;
    endUse(executionId, { uses, runsDir, note: () => {} });
    removeIfThere(claimBeside(join(uses, executionId)));
  }
}

function usersOf(uses: string): readonly string[] {
  return [...Deno.readDirSync(uses)].map(({ name }) => name)
    .filter((name) => !name.startsWith("."));
}

function readUse(path: string): Use | undefined {
  const value = readJsonFile(path);
  return isUse(value) ? value : undefined;
}

function isUse(value: unknown): value is Use {
  return isObject(value) && isListOf(value["own"], isNames) &&
    isListOf(value["given"], isGift);
}

function isGift(value: unknown): boolean {
  return isObject(value) && isNames(value["names"]) &&
    typeof value["cid"] === "string";
}

function isNames(value: unknown): boolean {
  return isListOf(value, (name) => typeof name === "string");
}

function isListOf(value: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

function isFolder(path: string): boolean {
  try {
    return Deno.lstatSync(path).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

import { Failure, join } from "../../schemas/mod.ts";
import { removeTreeSync } from "../remove_tree.ts";

/** Names that lead from a folder to something below it. */
export type Names = readonly string[];

/**
 * Makes folders below one that a container can write to, links not followed: what it puts there must not lead
 * elsewhere. Answers the innermost; throws `ERR_OUTPUT_UNSAFE` when something is in the way.
 */
export function makeInside(root: string, names: Names): string {
  let folder = root;
  for (const name of names) {
    folder = join(folder, name);
    const info = infoOf(folder);
    if (info === undefined) makeFolder(folder);
    else if (!info.isDirectory) throw inTheWay(folder);
  }
  return folder;
}

/** Removes what the names lead to, with what is below it; nothing when they lead through a link. */
export function removeInside(root: string, names: Names): void {
  if (!isInside(root, names.slice(0, -1))) return;
  ignoring(Deno.errors.NotFound, () => {
    removeTreeSync(join(root, ...names));
  });
}

/** Removes folders that are left empty, from the innermost outwards. */
export function removeEmptyInside(root: string, names: Names): void {
  if (names.length === 0 || !isInside(root, names)) return;
  const folder = join(root, ...names);
  if ([...Deno.readDirSync(folder)].length > 0) return;
  Deno.removeSync(folder);
  removeEmptyInside(root, names.slice(0, -1));
}

/** Whether the names lead to a folder through folders alone. */
function isInside(root: string, names: Names): boolean {
  return names.every((_, i) =>
    infoOf(join(root, ...names.slice(0, i + 1)))?.isDirectory === true
  );
}

function makeFolder(folder: string): void {
  ignoring(Deno.errors.AlreadyExists, () => {
    Deno.mkdirSync(folder, { mode: 0o700 });
  });
}

function infoOf(path: string): Deno.FileInfo | undefined {
  return ignoring(Deno.errors.NotFound, () => Deno.lstatSync(path));
}

function ignoring<T>(
  kind: new (message: string) => Error,
  action: () => T,
): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof kind) return undefined;
    throw error;
  }
}

function inTheWay(place: string): Failure {
  return new Failure(
    "ERR_OUTPUT_UNSAFE",
    `Cannot put files for the processor at "${place}": what is there is not a folder`,
  );
}

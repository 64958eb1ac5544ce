import { join } from "../schemas/mod.ts";

/**
 * Removes a file or a folder that others filled, links not followed. They may have left more levels than the system's
 * way has stack and open files for, which goes down by recursion: Deno itself would crash.
 */
export async function removeTree(path: string): Promise<void> {
  takeApart(path);
  await Deno.remove(path, { recursive: true });
}

/** The same, done when it answers. */
export function removeTreeSync(path: string): void {
  takeApart(path);
  Deno.removeSync(path, { recursive: true });
}

/** Characters of a path below the folder from which on what is there is moved up. */
const LONG = 500;

/** Moves what lies deep in a folder to its top. */
function takeApart(folder: string): void {
  const open = [folder];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const place = at.length - folder.length > LONG ? moveUp(at, folder) : at;
    open.push(...foldersIn(place));
  }
}

function moveUp(deep: string, folder: string): string {
  const place = join(folder, `.deep-${crypto.randomUUID()}`);
  Deno.renameSync(deep, place);
  return place;
}

/** None of what is gone, or cannot be looked at: the removal says that. */
function foldersIn(place: string): readonly string[] {
  try {
    return [...Deno.readDirSync(place)]
      .filter(({ isDirectory }) => isDirectory)
      .map(({ name }) => join(place, name));
  } catch (error) {
    if (OTHERS_TELL.some((kind) => error instanceof kind)) return [];
    throw error;
  }
}

const { NotFound, NotADirectory, PermissionDenied } = Deno.errors;
const OTHERS_TELL = [NotFound, NotADirectory, PermissionDenied];

import { Failure } from "../schemas/mod.ts";

/**
 * The folder to start a process in that is granted these absolute paths by flags. A comma ends a path there and nothing
 * escapes it, so paths that have one are named from that folder; without such paths any folder will do. Throws
 * `ERR_START` when no folder does it for all.
 */
export function startFolder(paths: readonly string[]): string | undefined {
  const odd = paths.filter(hasComma);
  const [first] = odd;
  if (first === undefined) return undefined;
  const fits = (folder: string) =>
    odd.every((path) => !hasComma(relative(folder, path)));
  const found = odd.map(lastWithComma).find(fits);
  if (found !== undefined) return found;
  throw new Failure(
    "ERR_START",
    `Cannot grant "${first}": it lies in a folder with a comma in its name, and other needed files in another such folder`,
    { hint: "Use --state-dir, or rename one of the folders" },
  );
}

/** How a path is named in a flag, from the folder of `startFolder`. */
export function named(path: string, folder: string | undefined): string {
  return folder !== undefined && hasComma(path) ? relative(folder, path) : path;
}

function hasComma(path: string): boolean {
  return path.includes(",");
}

/** The path up to the end of the last name in it that has a comma. */
function lastWithComma(path: string): string {
  return /^.*,[^/]*/s.exec(path)?.[0] ?? path;
}

/** A path as it is named from a folder; both are absolute. */
function relative(folder: string, path: string): string {
  const from = namesOf(folder);
  const to = namesOf(path);
  const same = from.findIndex((name, i) => name !== to[i]);
  const shared = same < 0 ? from.length : same;
  const up = from.slice(shared).map(() => "..");
  return [...up, ...to.slice(shared)].join("/") || ".";
}

function namesOf(path: string): readonly string[] {
  return path.split("/").filter((name) => name !== "");
}

import { Failure, join } from "../../schemas/mod.ts";
import { isSystemError, reasonOf } from "../system_error.ts";
import { printable } from "./printable.ts";

/** A file that a run left, as it stood when the folder was walked. */
export interface RunFile {
  /** Names from the start of the walk, as they are on the disk. */
  readonly names: readonly string[];
  readonly place: string;
  readonly info: Deno.FileInfo;
}

/** Files that a run was given, by place, as they stood then. */
export type GivenFiles = ReadonlyMap<string, Deno.FileInfo>;

/** Whether a file stands as it was given, so that it is none of the run's doing. */
export function isAsGiven(
  { place, info }: RunFile,
  given: GivenFiles | undefined,
): boolean {
  const before = given?.get(place);
  if (before === undefined) return false;
  const { dev, ino, size, mtime } = before;
  return info.dev === dev && info.ino === ino && info.size === size &&
    info.mtime?.getTime() === mtime?.getTime();
}

/**
 * Every file below a folder of a run, sorted by name, links not followed. `below` are the names that
 * lead from the run's folder to where the walk starts; nothing is found when they lead nowhere. What is
 * no plain file with a single name is an `ERR_OUTPUT_UNSAFE`. `onFolder` is told of every folder in between.
 */
export async function* runFiles(
  runFolder: string,
  below: readonly string[],
  onFolder: () => void = () => {},
): AsyncGenerator<RunFile> {
  let folder = runFolder;
  for (const name of below) {
    folder = join(folder, name);
    const info = infoOf(folder, below);
    if (info === undefined) return;
    if (!info.isDirectory) throw unsafe(below.join("/"), kindOf(info));
  }
  yield* filesIn(folder, [], onFolder);
}

async function* filesIn(
  folder: string,
  above: readonly string[],
  onFolder: () => void,
): AsyncGenerator<RunFile> {
  for (const name of sortedNames(folder, above)) {
    const names = [...above, name];
    const place = join(folder, name);
    const info = infoOf(place, names);
    if (info === undefined) {
      throw unsafe(names.join("/"), "its name is not UTF-8, or it was removed");
    }
    if (info.isDirectory) {
      onFolder();
      yield* filesIn(place, names, onFolder);
    } else yield { names, place, info: requireSafe(names, info) };
  }
}

function requireSafe(
  names: readonly string[],
  info: Deno.FileInfo,
): Deno.FileInfo {
  if (!info.isFile) throw unsafe(names.join("/"), kindOf(info));
  if (info.nlink !== 1) {
    throw unsafe(names.join("/"), "it has a second name on the disk");
  }
  return info;
}

/** The failure for what may not be collected. */
export function unsafe(
  name: string,
  found: string,
  options?: { readonly cause: unknown },
): Failure {
  const shown = name.length > LONG ? `${name.slice(0, LONG)}…` : name;
  return new Failure(
    "ERR_OUTPUT_UNSAFE",
    `Cannot collect output "${printable(shown)}": ${found}`,
    options,
  );
}

/** Characters of a name from which on the rest of it is left out. */
const LONG = 1000;

function kindOf(info: Deno.FileInfo): string {
  if (info.isSymlink) return "it is a symbolic link";
  if (info.isFifo) return "it is a pipe";
  if (info.isSocket) return "it is a socket";
  if (info.isBlockDevice || info.isCharDevice) return "it is a device";
  return "it is a file where a folder belongs";
}

function sortedNames(
  folder: string,
  names: readonly string[],
): readonly string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  } catch (error) {
    throw unreadable(names, error);
  }
}

function infoOf(
  path: string,
  names: readonly string[],
): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw unreadable(names, error);
  }
}

/** What the system says of what a run left is the run's doing. */
function unreadable(names: readonly string[], error: unknown): unknown {
  if (!isSystemError(error) || error instanceof Deno.errors.NotCapable) {
    return error;
  }
  const found = `it cannot be looked at: ${reasonOf(error)}`;
  return unsafe(names.join("/"), found, { cause: error });
}

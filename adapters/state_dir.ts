import { Failure, join } from "../schemas/mod.ts";
import { ifThere } from "./if_there.ts";

/** Where things are in a state folder; only the folder itself is sure to exist. */
export interface StateDir {
  /** As given: permissions are granted for it as it is spelt. */
  readonly path: string;
  /** Of the artifact store. */
  readonly artifacts: string;
  /** Of what is known about attached files. */
  readonly known: string;
}

/** Written into a new state folder: it is nobody's source code. */
const IGNORE = "*\n";

/**
 * Opens the state folder, which is made when missing: private to the user and ignored by git. One that
 * is there stays as it is, but is refused when others may write to it. Folders made in it are
 * private in any case. What cannot be used is `ERR_STORE`. Needs read and write permission for the path alone.
 */
export async function openStateDir(path: string): Promise<StateDir> {
  try {
    const info = ifThere(() => Deno.statSync(path)) ?? await create(path);
    requireUsable(path, info);
    return {
      path,
      artifacts: join(path, "artifacts"),
      known: join(path, "known"),
    };
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw refused(path, error instanceof Error ? error.message : `${error}`, {
      cause: error,
    });
  }
}

async function create(path: string): Promise<Deno.FileInfo> {
  await Deno.mkdir(path, { recursive: true, mode: 0o700 });
  const ignore = join(path, ".gitignore");
  await Deno.writeTextFile(ignore, IGNORE, { mode: 0o600 });
  return await Deno.stat(path);
}

function requireUsable(path: string, info: Deno.FileInfo): void {
  if (!info.isDirectory) throw refused(path, "it is not a folder");
  const mode = info.mode ?? 0;
  if ((mode & 0o022) !== 0) {
    const who = (mode & 0o002) !== 0 ? "everybody" : "its group";
    const shown = (mode & 0o777).toString(8);
    throw refused(path, `${who} may write to it (mode ${shown})`, {
      hint: `Name a folder of your own, or run: chmod 700 ${path}`,
    });
  }
}

function refused(
  path: string,
  found: string,
  options: { readonly hint?: string; readonly cause?: unknown } = {},
): Failure {
  return new Failure(
    "ERR_STORE",
    `Cannot use state folder "${path}": ${found}`,
    options,
  );
}

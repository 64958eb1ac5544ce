import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import type { Settings } from "./settings.ts";

/** Where the server is started. */
export interface Surroundings {
  /** Absolute folders that are open, the first one first; at least one. */
  readonly folders: readonly string[];
  /** Folder of the toolkit that comes with the extension. */
  readonly shipped: string;
  readonly exists: (path: string) => boolean;
}

/** How the server is started: exactly what it needs is granted. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** The main modules of a checkout and of a release. */
const MAINS = ["main.ts", "main.js"];

/**
 * The server may read the folders that it serves and its own program. It may start Deno when that is allowed, and
 * nothing else. A text instead says what is wrong with the settings.
 */
export function serverCommand(
  settings: Settings,
  { folders, shipped, exists }: Surroundings,
): ServerCommand | string {
  const [cwd = shipped] = folders;
  const at = (path: string) => resolve(cwd, fromHome(path));
  const toolkit = settings.toolkit === "" ? shipped : at(settings.toolkit);
  const main = MAINS.map((name) => join(toolkit, name)).find(exists);
  if (main === undefined) {
    return `Cannot start the toolkit in "${toolkit}": it has no main.ts and no main.js`;
  }
  const more = [...settings.folders, ...settings.registry].map(at);
  const served = [...new Set([...folders, ...more.filter(exists)])];
  const command = programIn(settings.deno, cwd);
  // In a flag of Deno a comma ends a name, but the working folder has another.
  const readable = [toolkit, ...served].map((folder) =>
    folder === cwd && folder.includes(",") ? "." : folder
  );
  const odd = [...readable, command].find((each) => each.includes(","));
  if (odd !== undefined) {
    return `Cannot let Deno read "${odd}": a comma there ends the name`;
  }
  return {
    command,
    cwd,
    args: [
      "run",
      "--no-prompt",
      `--allow-read=${readable.join(",")}`,
      ...(settings.allowRuns ? [`--allow-run=${command}`] : []),
      main,
      "lsp",
      ...served.filter((folder) => folder !== cwd),
    ],
  };
}

/** A name is looked for in `PATH`, a path is taken from the first folder. */
function programIn(deno: string, cwd: string): string {
  const path = fromHome(deno);
  const isName = !path.includes("/") && !path.includes("\\");
  return isName || isAbsolute(path) ? path : resolve(cwd, path);
}

function fromHome(path: string): string {
  return /^~(?=[/\\]|$)/.test(path) ? join(homedir(), path.slice(1)) : path;
}

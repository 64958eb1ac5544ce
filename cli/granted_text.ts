import { resolve } from "../schemas/file_path.ts";
import type { World } from "./world.ts";

/** The text of a file that may be read, to see what a command will take; undefined when there is none to be had. */
export async function grantedText(
  file: string | undefined,
  world: World,
): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const value = resolve(world.cwd, file);
  const may = await world.permissions.granted({ name: "read", value });
  // What is read but once is left for the run.
  return may && world.files.probe(value).kind === "file"
    ? textOf(value)
    : undefined;
}

/** What cannot be read now is met by the command itself, which says so. */
export function textOf(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}

import { nearest } from "../schemas/mod.ts";
import type { World } from "./world.ts";

type Paths = readonly (readonly string[])[];

/** What a word may have meant where a command was expected, by what is near to it there. */
export type Meant = (
  word: string,
  near: readonly string[],
) => readonly string[];

/** Words that begin as flags do may be one of the program's own; others may be commands of another group. */
export function meantIn(
  { args, toolkit: { program } }: Pick<World, "args" | "toolkit">,
  paths: Paths,
): Meant {
  return (word, near) => {
    if (!word.startsWith("-")) return meantCommands(word, paths, near);
    // Only the program itself has a version.
    const isFirst = args[args[0] === program ? 1 : 0] === word;
    const flag = nearest(word, ["--help", ...(isFirst ? ["--version"] : [])]);
    return flag === undefined ? [] : [flag];
  };
}

/** Commands that have a word for their last; without any what is near where it stands, or else those whose last is near. */
export function meantCommands(
  word: string,
  paths: Paths,
  near: readonly string[],
): readonly string[] {
  const inGroups = paths.filter(({ length }) => length > 1);
  const last = nearest(word, inGroups.map((path) => path.at(-1) ?? ""));
  const found = inGroups.filter((path) => path.at(-1) === last)
    .map((path) => path.join(" "));
  // The parser finds words near that have little in common.
  const likely = near.filter((each) => nearest(word, [each]) !== undefined);
  if (last === word) return [...found, ...likely];
  return found.length > 0 && likely.length === 0 ? found : near;
}

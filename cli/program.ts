import { quote } from "./quote.ts";
import type { Toolkit } from "./world.ts";

/** The name under which the program was started, and what it was asked. */
export interface Invoked {
  /** The main module's file, or the name it was installed as. */
  readonly program: string;
  /** The command line in full words. */
  readonly args: readonly string[];
}

/** What an installed program puts before the user's words; see docs/install.md. */
const AS = "--as";

/** Asks for completions; comes first also in programs that stand for a group of commands. */
export const COMPLETE = "__complete";

/** Programs that stand for a group of commands: `localctl run` is `theoryctl localctl run`. */
const GROUPS: readonly string[] = ["localctl", "modalctl"];

/** Understands `--as NAME` at the beginning of a line, without which the program is named as its main module. */
export function invokedAs(line: readonly string[], file: string): Invoked {
  const [first, program, ...words] = line;
  if (first !== AS || program === undefined) {
    return { program: file, args: line };
  }
  if (!GROUPS.includes(program)) return { program, args: words };
  const [word = ""] = words;
  if (["--version", "-v"].includes(word)) return { program, args: words };
  if (word !== COMPLETE) return { program, args: [program, ...words] };
  return { program, args: [COMPLETE, program, ...words.slice(1)] };
}

/**
 * A command with its program, as help names it: `main.ts localctl run`, and `localctl run` where that is a program of
 * its own, which has no other commands: these are theoryctl's.
 */
export function named(program: string, path: readonly string[]): string {
  if (path[0] === program) return path.join(" ");
  const other = path.length > 0 && GROUPS.includes(program);
  return [other ? "theoryctl" : program, ...path].join(" ");
}

/** The same as it can be typed in any folder: a main module is no program by itself. */
export function typed(
  { program, dir, file }: Pick<Toolkit, "program" | "dir" | "file">,
  path: readonly string[],
): string {
  return program === file
    ? ["deno run", quote(`${dir}/${file}`), ...path].join(" ")
    : named(program, path);
}

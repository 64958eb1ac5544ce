import { typed } from "./program.ts";

/** A text that names commands, with the program before them, as they are typed: `main.ts localctl start …`. */
export function inFull(
  text: string,
  program: string,
  paths: readonly (readonly string[])[],
): string {
  // Names of one word are words of the language, too.
  const names = paths.filter(({ length }) => length > 1)
    .map((path) => path.join(" "));
  const found = new RegExp(`(?<![\\w./-] ?)(?:${names.join("|")})\\b`, "g");
  return text.replaceAll(found, (name) => typed(program, name.split(" ")));
}

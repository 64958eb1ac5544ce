/**
 * A text that names commands, each as the line begins that does it: `theoryctl localctl start …`. A line that is a whole
 * command already is left as it is, whatever the user's words in it are.
 */
export function inFull(
  text: string,
  paths: readonly (readonly string[])[],
  command: (path: readonly string[]) => string,
): string {
  // Names of one word are words of the language, too.
  const names = paths.filter(({ length }) => length > 1)
    .map((path) => path.join(" "));
  const whole = "^Run: deno run .*$";
  const name = `(?<![\\w./-] ?)(?:${names.join("|")})\\b`;
  return text.replaceAll(
    new RegExp(`${whole}|${name}`, "gm"),
    (found) => found.startsWith("Run:") ? found : command(found.split(" ")),
  );
}

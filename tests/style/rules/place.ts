const ROOT = new URL("../../../", import.meta.url).pathname;

/** Path of a linted file below the root of the repository, with `/`. */
export function placeOf(context: Deno.lint.RuleContext): string {
  const name = context.filename.replaceAll("\\", "/");
  return name.startsWith(ROOT) ? name.slice(ROOT.length) : name;
}

/** Tests and benchmarks: they may be long, and they make errors up. */
export function isTest(place: string): boolean {
  return place.startsWith("tests/") || place.startsWith("bench/");
}

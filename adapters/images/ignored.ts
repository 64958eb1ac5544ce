import DockerIgnore from "@balena/dockerignore";

/** What a `.dockerignore` leaves out of a context. Paths are relative to the context, with `/`. */
export interface Ignored {
  readonly has: (path: string) => boolean;
  /** Whether nothing in an ignored folder can be named again, so that nobody need look there. */
  readonly wholly: (folder: string) => boolean;
}

/** Reads a `.dockerignore`, as Docker does. */
export function ignored(text: string): Ignored {
  // A module of CommonJS that also has itself as its default.
  const rules = DockerIgnore.default({ ignorecase: false });
  rules.add(text);
  const has = (path: string) => rules.ignores(path);
  const again = text.split("\n").map((line) => line.trim())
    .filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1).trim().replace(/^\/+/, ""));
  return {
    has,
    wholly: (folder) =>
      has(folder) && !again.some((pattern) => mayBeIn(pattern, folder)),
  };
}

/** Whether a pattern may match something in a folder, by the names before its first wildcard. */
function mayBeIn(pattern: string, folder: string): boolean {
  const plain = /^[^*?[\\]*/.exec(pattern)?.[0] ?? "";
  if (plain !== pattern) {
    return plain.startsWith(`${folder}/`) || `${folder}/`.startsWith(plain);
  }
  return plain.startsWith(`${folder}/`);
}

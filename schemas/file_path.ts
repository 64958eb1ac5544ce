/**
 * Paths of files, as text. They are those of `node:path` on POSIX systems: that module itself takes longer to load
 * than many a command takes.
 */

/** The parts as one path, without `.`, and without `..` where it can be resolved. */
export function join(...parts: readonly string[]): string {
  return normalize(parts.filter((part) => part !== "").join("/"));
}

/** The absolute path of a path that is relative to an absolute folder, without a slash at the end. */
export function resolve(folder: string, path: string): string {
  const names = namesOf(isAbsolute(path) ? path : `${folder}/${path}`, true);
  return `/${names.join("/")}`;
}

export function isAbsolute(path: string): boolean {
  return path.startsWith("/");
}

/** The folder that a path is in; `.` for a lone name. */
export function dirname(path: string): string {
  const above = /^(.*?)\/+[^/]+\/*$/s.exec(path)?.[1];
  if (above !== undefined) return above || "/";
  return isAbsolute(path) ? "/" : ".";
}

/** The name of a file below a folder, both absolute; undefined when it is elsewhere. */
export function nameInside(file: string, folder: string): string | undefined {
  const start = folder === "/" ? "/" : `${folder}/`;
  return file.startsWith(start) ? file.slice(start.length) : undefined;
}

/** An absolute folder and those that it lies in, from the inside out. */
export function foldersAbove(dir: string): readonly string[] {
  const names = namesOf(dir, true);
  return [...names, ""].map((_, i) =>
    `/${names.slice(0, names.length - i).join("/")}`
  );
}

/** The last name of a path. */
export function basename(path: string): string {
  return /([^/]+)\/*$/.exec(path)?.[1] ?? "";
}

/** The `file:` URL of an absolute path. */
export function fileUrl(path: string): string {
  return `file://${path.split("/").map(encodeURIComponent).join("/")}`;
}

function normalize(path: string): string {
  const names = namesOf(path, isAbsolute(path));
  const root = isAbsolute(path) ? "/" : "";
  if (names.length === 0) return root || (path.endsWith("/") ? "./" : ".");
  return `${root}${names.join("/")}${path.endsWith("/") ? "/" : ""}`;
}

/** The names of a path; only those of an absolute one are resolved to the end. */
function namesOf(path: string, absolute: boolean): readonly string[] {
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    const last = names.at(-1);
    if (name !== "..") names.push(name);
    else if (last !== undefined && last !== "..") names.pop();
    else if (!absolute) names.push(name);
  }
  return names;
}

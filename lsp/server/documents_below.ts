import type { HostFiles } from "../host.ts";

/** Most files that are looked at, so that a folder which happens to be huge is no trouble. */
const MAX_FILES = 10_000;

/** Absolute paths of files that may be ours; hidden folders and those of packages are left out. */
export function documentsBelow(
  folders: readonly string[],
  { list }: Pick<HostFiles, "list">,
): readonly string[] {
  const found: string[] = [];
  const queue = new Set(folders);
  let seen = 0;
  // What is added on the way is gone through, too; a folder of two that are open once.
  for (const dir of queue) {
    for (const { name, isFolder } of list(dir)) {
      if (++seen > MAX_FILES) return found;
      if (name.startsWith(".") || name === "node_modules") continue;
      const path = `${dir === "/" ? "" : dir}/${name}`;
      if (isFolder) queue.add(path);
      else if (/\.(?:jsonc?|ya?ml)$/i.test(name)) found.push(path);
    }
  }
  return found;
}

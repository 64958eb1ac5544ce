import { openRegistry, SHIPPED_DIR } from "../../registry/mod.ts";
import type { Host, HostFiles, HostRegistry } from "../../lsp/mod.ts";
import type { Cid } from "../../schemas/mod.ts";
import { createHasher } from "../../schemas/mod.ts";

/** A host over files that are given as text by absolute path, with the shipped processors. */
export function plainHost(
  files: Readonly<Record<string, string>> = {},
  more: Partial<Host> = {},
): Host {
  return {
    files: plainFiles(new Map(Object.entries(files))),
    registry: () => SHIPPED,
    monotonic: () => 0,
    commandLine: (words) => `deno run main.ts ${words.join(" ")}`,
    version: "0.0.0",
    ...more,
  };
}

const registry = openRegistry([{ dir: SHIPPED_DIR, shipped: true }]);

const SHIPPED: HostRegistry = {
  entry: (ref) => registry.entry(ref)?.entry,
  get refs() {
    return registry.list().map(({ entry }) => entry.ref);
  },
  title: (ref) => registry.entry(ref)?.entry.title,
  file: (ref) => registry.entry(ref)?.file,
};

function plainFiles(files: ReadonlyMap<string, string>): HostFiles {
  const bytes = (path: string) => {
    const text = files.get(path);
    return text === undefined ? undefined : new TextEncoder().encode(text);
  };
  const below = (dir: string) =>
    [...files.keys()].filter((path) => path.startsWith(`${dir}/`))
      .map((path) => path.slice(dir.length + 1).split("/"));
  return {
    probe(path) {
      const found = bytes(path);
      if (found !== undefined) return { kind: "file", size: found.length };
      return { kind: below(path).length > 0 ? "directory" : "missing" };
    },
    text: (path) => files.get(path),
    list(dir) {
      const names = new Map(
        below(dir).map(([name, ...rest]) => [name ?? "", rest.length > 0]),
      );
      return [...names].map(([name, isFolder]) => ({ name, isFolder }))
        .sort((a, b) => a.name < b.name ? -1 : 1);
    },
    head: (path, count) => Promise.resolve(bytes(path)?.slice(0, count)),
    async cid(path): Promise<Cid | undefined> {
      const found = bytes(path);
      if (found === undefined) return undefined;
      const hasher = await createHasher();
      hasher.update(found);
      return hasher.cid();
    },
  };
}

import type { HostFiles } from "../../../lsp/mod.ts";
import { type Cid, cidOf } from "../../../schemas/mod.ts";
import { FOLDER } from "../backstage.ts";

/** A folder in memory, without folders in it. */
export interface VirtualFolder extends HostFiles {
  readonly put: (name: string, bytes: Uint8Array) => void;
  readonly remove: (name: string) => void;
}

export function virtualFolder(): VirtualFolder {
  const all = new Map<string, Uint8Array>();
  return {
    put: (name, bytes) => void all.set(`${FOLDER}/${name}`, bytes),
    remove: (name) => void all.delete(`${FOLDER}/${name}`),
    probe(path) {
      const size = all.get(path)?.length;
      if (size !== undefined) return { kind: "file", size };
      if (path === FOLDER) return { kind: "directory" };
      return { kind: MODULE.test(path) ? "unknown" : "missing" };
    },
    text(path) {
      const bytes = all.get(path);
      return bytes && new TextDecoder().decode(bytes);
    },
    list: (dir) => dir === FOLDER ? namesOf(all) : [],
    head: (path, bytes) => Promise.resolve(all.get(path)?.slice(0, bytes)),
    cid: (path) => hashed(all.get(path)),
  };
}

/** Modules of handlers, which nobody adds to a page that runs nothing. */
const MODULE = /\.[mc]?[jt]sx?$/;

function namesOf(all: ReadonlyMap<string, unknown>): ReturnType<
  HostFiles["list"]
> {
  return [...all.keys()].sort()
    .map((path) => ({ name: path.slice(FOLDER.length + 1), isFolder: false }));
}

async function hashed(bytes: Uint8Array | undefined): Promise<Cid | undefined> {
  if (bytes === undefined) return undefined;
  // In a bundle it has to be there before the JavaScript that imports it, which it imports.
  await import("blake3/dist/wasm/browser/blake3_js_bg.wasm");
  return await cidOf(bytes);
}

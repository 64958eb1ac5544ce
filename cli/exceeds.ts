import { resolve } from "../schemas/file_path.ts";
import type { Permission, Permissions } from "./world.ts";

/** Permissions to ask about when looking for more than a set holds. */
export interface Probes {
  /** Absolute folder that relative paths start from. */
  readonly cwd: string;
  /** The set that `-P` grants. */
  readonly usual: Permissions;
}

/**
 * Single permissions outside of a set, at least one of which is granted to whoever was given more than
 * the set in one of the usual ways: folders above its own, the working folder, and what `-P` names.
 * Nobody can list what is granted, so a folder that has nothing to do with the set goes unseen.
 */
export function probesBeyond(
  set: Permissions,
  { cwd, usual }: Probes,
): readonly Permission[] {
  const paths = [...set.read ?? [], ...set.write ?? []];
  const folders = new Set(
    [cwd, ...paths].flatMap((path) => andAbove(resolve(cwd, path))),
  );
  const outside = (name: "read" | "write") => {
    const inside = (set[name] ?? []).map((path) => resolve(cwd, path));
    return [...folders].filter((path) => !isBelow(path, inside))
      .map((value) => ({ name, value }));
  };
  const unnamed = (name: "net" | "run" | "env") =>
    (usual[name] ?? []).filter((value) => !set[name]?.includes(value))
      .map((value) => ({ name, value }));
  return [
    ...outside("write"),
    ...outside("read"),
    ...(["net", "run", "env"] as const).flatMap(unnamed),
  ];
}

function andAbove(path: string): readonly string[] {
  const names = path.split("/").filter((name) => name !== "");
  return ["/", ...names.map((_, i) => `/${names.slice(0, i + 1).join("/")}`)];
}

function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) =>
    path === folder || folder === "/" || path.startsWith(`${folder}/`)
  );
}

import { Failure } from "../schemas/mod.ts";
import { isAbsent } from "./absent.ts";
import { refOfPlace } from "./places.ts";
import type { RegistryRoot } from "./roots.ts";

/** Throws `ERR_REGISTRY_ROOT` when a root is not a folder that can be read. */
export function requireRoot({ dir }: RegistryRoot): void {
  try {
    if (Deno.statSync(dir).isDirectory) return;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) throw cause;
    const found = isAbsent(cause) ? "there is no such folder" : `${cause}`;
    throw unusable(dir, found, cause);
  }
  throw unusable(dir, "it is not a folder");
}

function unusable(dir: string, found: string, cause?: unknown): Failure {
  const message = `Cannot read registry root "${dir}": ${found}`;
  return new Failure("ERR_REGISTRY_ROOT", message, { cause });
}

/** Every place below a root that holds an entry, in all layouts, sorted. */
export function scanRoot(root: RegistryRoot): readonly string[] {
  requireRoot(root);
  const found = names(root.dir).flatMap((first) => {
    if (/^[a-z0-9][a-z0-9-]*_[a-z0-9_-]+\.yaml$/.test(first)) return [first];
    return [
      ...(first.includes("_") ? [`${first}/registry.yaml`] : []),
      ...versionsBelow(root.dir, first),
    ];
  });
  return found.filter((place) => isThere(`${root.dir}/${place}`)).sort();
}

/** Places `<ns>/<name>/<version>/registry.yaml` of one namespace. */
function versionsBelow(dir: string, namespace: string): readonly string[] {
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(namespace)) return [];
  return names(`${dir}/${namespace}`).flatMap((name) =>
    /^[a-z0-9][a-z0-9_-]*$/.test(name)
      ? names(`${dir}/${namespace}/${name}`)
        .map((version) => `${namespace}/${name}/${version}/registry.yaml`)
        .filter((place) => refOfPlace(place) !== undefined)
      : []
  );
}

/** Names in a folder; none when it is not one. */
function names(dir: string): readonly string[] {
  try {
    return [...Deno.readDirSync(dir)].map(({ name }) => name);
  } catch (cause) {
    if (isAbsent(cause)) return [];
    throw unusable(dir, cause instanceof Error ? cause.message : "", cause);
  }
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (cause) {
    if (isAbsent(cause)) return false;
    throw cause;
  }
}

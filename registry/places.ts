import type { Ref } from "../schemas/mod.ts";
import { outputSlug, parseRef } from "../schemas/mod.ts";

/** Where the entry of a ref may be below a root, newest layout first. */
export function placesOf(ref: Ref): readonly string[] {
  const slug = outputSlug(ref);
  return [
    `${ref.namespace}/${ref.name}/${ref.version}/registry.yaml`,
    `${slug}/registry.yaml`,
    `${slug}.yaml`,
  ];
}

/** The ref that a place below a root stands for; undefined in the older layouts, which leave out the version. */
export function refOfPlace(place: string): string | undefined {
  const [namespace, name, version, file, ...more] = place.split("/");
  if (file !== "registry.yaml" || more.length > 0) return undefined;
  const ref = `${namespace}/${name}@${version}`;
  return parseRef(ref) === undefined ? undefined : ref;
}

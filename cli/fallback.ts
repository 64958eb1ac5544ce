import { dirname, type Fallback, foldersAbove, join } from "../schemas/mod.ts";
import { later } from "./command_module.ts";
import type { RawDocument } from "./read_inputs.ts";
import type { Permissions, World } from "./world.ts";

const around = later<typeof import("../registry/around.ts")>(
  "../registry/around.ts",
);

/**
 * The processor that a document is for when it does not say so itself: that of the settings, or else of the nearest
 * entry from its folder upwards. What may not be read is not there.
 */
export async function fallbackFor(
  { path, dir }: RawDocument,
  world: World,
): Promise<Fallback | undefined> {
  if (path === undefined) return undefined;
  const rule = world.settings?.rule(path);
  if (rule !== undefined) return rule.processor;
  const texts = new Map<string, string>();
  for (const file of entryPlaces(dir)) {
    if (!await world.permissions.granted({ name: "read", value: file })) {
      continue;
    }
    if (world.files.probe(file).kind !== "file") continue;
    texts.set(file, await world.files.readText(file));
  }
  if (texts.size === 0) return undefined;
  const { nearestEntry } = await around();
  return nearestEntry(foldersAbove(dir), (file) => texts.get(file));
}

/** What finding the entries around documents reads when it may; their paths are absolute. */
export function entryOptions(paths: readonly string[]): Permissions {
  return { read: paths.flatMap((path) => entryPlaces(dirname(path))) };
}

function entryPlaces(dir: string): readonly string[] {
  return foldersAbove(dir).map((folder) => join(folder, "registry.yaml"));
}

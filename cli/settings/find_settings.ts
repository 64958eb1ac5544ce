import { heedsSettings } from "./heeds_settings.ts";
import { settingsPlaces } from "./places.ts";
import { later } from "../command_module.ts";
import type { Command } from "../command.ts";
import type { World } from "../world.ts";
import type { CommandSettings } from "./open_settings.ts";

const opening = later<typeof import("./open_settings.ts")>(
  "./settings/open_settings.ts",
);

/**
 * The settings of the working folder, or of the nearest folder above it that has any. What may not be read is not
 * there. Reading them takes a reader of YAML, which is loaded when there are some alone.
 */
export async function findSettings(
  { flags }: Command,
  world: World,
): Promise<CommandSettings | undefined> {
  return heedsSettings(flags) ? await settingsAround(world) : undefined;
}

/** The settings of the working folder, for whoever goes by them. */
export async function settingsAround(
  world: World,
): Promise<CommandSettings | undefined> {
  for (const file of settingsPlaces(world.cwd)) {
    if (!await mayRead(file, world)) continue;
    if (world.files.probe(file).kind !== "file") continue;
    if (!await mayRead(world.toolkit.dir, world)) return undefined;
    const { openSettings } = await opening();
    return openSettings(file, await world.files.readText(file), world.cwd);
  }
  return undefined;
}

/** Asking about it first, because reading what may not be read would ask on a terminal. */
function mayRead(value: string, { permissions }: World): Promise<boolean> {
  return permissions.granted({ name: "read", value });
}

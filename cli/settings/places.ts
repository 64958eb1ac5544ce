import { foldersAbove, join, SETTINGS_FILES } from "../../schemas/mod.ts";

/** Where the settings of a working folder may be: absolute paths, the nearest first. */
export function settingsPlaces(cwd: string): readonly string[] {
  return foldersAbove(cwd).flatMap((folder) =>
    SETTINGS_FILES.map((name) => join(folder, name))
  );
}

import { readPlace } from "./repository_files.ts";

/**
 * Texts that the program hands out, by the module that holds them. Imported as texts they would be read by their real
 * path, which is not granted to a program that is reached through a link.
 */
const EMBEDDED = {
  "registry/template.json": {
    folder: "registry/template",
    names: ["registry.yaml", "handler.ts", "run.d.ts", "inputs.example.json"],
  },
  "cli/completion/scripts.json": {
    folder: "cli/completion",
    names: ["theoryctl.bash", "theoryctl.fish", "theoryctl.zsh"],
  },
} as const;

/** What each of these modules must hold, by its place. */
export function embeddedTexts(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(EMBEDDED).map(([place, { folder, names }]) => {
      const texts = Object.fromEntries(
        names.map((name) => [name, readPlace(`${folder}/${name}`)]),
      );
      return [place, `${JSON.stringify(texts, null, 2)}\n`];
    }),
  );
}

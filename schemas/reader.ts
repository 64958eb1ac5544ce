import { withDuplicateFixes } from "./duplicate_fixes.ts";
import type { Source } from "./source.ts";
import type { Tree } from "./tree.ts";

/**
 * Reads a document as `parse` does, and loads only what its language takes. The modules are named by
 * computed addresses: what Deno sees as an import it reads at start. Needs read permission for them.
 */
export async function read(source: Source): Promise<Tree> {
  if (source.language === "yaml") {
    const { readYaml } = await load<typeof import("./yaml_tree.ts")>("yaml");
    return withDuplicateFixes(readYaml(source));
  }
  const { readJson } = await load<typeof import("./json_tree.ts")>("json");
  return withDuplicateFixes(readJson(source));
}

function load<M>(language: "json" | "yaml"): Promise<M> {
  return import(new URL(`./${language}_tree.ts`, import.meta.url).href);
}

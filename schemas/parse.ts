import { withDuplicateFixes } from "./duplicate_fixes.ts";
import { readJson } from "./json_tree.ts";
import type { Source } from "./source.ts";
import type { Tree } from "./tree.ts";
import { readYaml } from "./yaml_tree.ts";

/** Reads a document into a tree with positions. Never throws: what is wrong is in `problems`. */
export function parse(source: Source): Tree {
  return withDuplicateFixes(
    source.language === "yaml" ? readYaml(source) : readJson(source),
  );
}

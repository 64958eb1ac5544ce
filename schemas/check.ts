import type { CheckContext, Checked } from "./check_types.ts";
import { checkTree } from "./check_tree.ts";
import { parse } from "./parse.ts";
import type { Source } from "./source.ts";

/** Reads an inputs document and checks it: see {@linkcode checkTree}. */
export function check(source: Source, context: CheckContext): Checked {
  return checkTree(parse(source), context);
}

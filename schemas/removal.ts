import type { Fix } from "./diagnostic.ts";
import { removeKey } from "./remove_key.ts";
import type { Source } from "./source.ts";
import { shortText } from "./tree_rules.ts";
import type { ObjectNode, Property } from "./tree.ts";

const MOST_KEYS = 1000;

/** Objects from which nothing is removed, since each removal looks for its place in them. */
export function isLarge({ properties }: ObjectNode): boolean {
  return properties.length > MOST_KEYS;
}

/** The fix that removes a key, if it can be removed without taking more away. */
export function removalOf(
  source: Source,
  node: ObjectNode,
  removed: Property,
): readonly Fix[] {
  if (isLarge(node)) return [];
  const edit = removeKey(source, node, removed);
  if (edit === undefined) return [];
  const title = `Remove ${shortText(removed.key)}`;
  return [{ title, edits: [edit], choice: true }];
}

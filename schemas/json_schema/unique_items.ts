import { isObject, type Json } from "../json.ts";
import { subschemas } from "./subschemas.ts";

/** Longer lists are not left to the library, which compares each item with each other one. */
const LONGEST = 100;

/** Marks the schema that stands for `uniqueItems` of long lists. */
export const LONG_UNIQUE = "x-long-unique";

/**
 * Rewrites every `uniqueItems` of a schema in place, so that for long lists only `repeats` is asked, which must hold
 * the long lists of the value with an item that stands twice. Answers whether there was one.
 */
export function rewriteUniqueItems(
  schema: unknown,
  repeats: readonly Json[],
): boolean {
  if (!isObject(schema)) return false;
  const writable = schema as Record<string, unknown>;
  // First what is below, so that what is added here is not rewritten again.
  const below = subschemas(schema).map((each) =>
    rewriteUniqueItems(each, repeats)
  ).includes(true);
  if (writable["uniqueItems"] !== true) return below;
  delete writable["uniqueItems"];
  const before = Array.isArray(writable["allOf"]) ? writable["allOf"] : [];
  writable["allOf"] = [...before, {
    if: { maxItems: LONGEST },
    then: { uniqueItems: true },
    else: { [LONG_UNIQUE]: true, not: { enum: repeats } },
  }];
  return true;
}

/** The long lists, at any level of a value, in which an item stands twice. */
export function repeatingLists(value: Json): readonly Json[] {
  const found: Json[] = [];
  const walk = (each: Json): void => {
    if (Array.isArray(each)) {
      if (each.length > LONGEST && repeats(each)) found.push(each);
      each.forEach(walk);
    } else if (isObject(each)) Object.values(each).forEach(walk);
  };
  walk(value);
  return found;
}

function repeats(items: readonly Json[]): boolean {
  const seen = new Set<string>();
  return items.some((item) => {
    const text = JSON.stringify(item, sortedKeys);
    return seen.size === seen.add(text).size;
  });
}

/** The order of keys plays no part in whether values are the same. */
function sortedKeys(_key: string, value: Json): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1),
  );
}

import type { Schema } from "./search.ts";
import type { FlatSchema } from "./views.ts";

/** What the item at an index must fit, whether `items` is one schema or one for each place. */
export function itemAt(view: FlatSchema, index: number): Schema {
  const { items = true, additionalItems = true } = view;
  return isTuple(items) ? items[index] ?? additionalItems : items;
}

function isTuple(
  items: Schema | readonly Schema[],
): items is readonly Schema[] {
  return Array.isArray(items);
}

/** The items that both schemas allow; nothing where at most one of them says anything. */
export function mergeItems(
  a: FlatSchema,
  b: FlatSchema,
): Pick<FlatSchema, "items" | "additionalItems"> {
  if (a.items === undefined || b.items === undefined) return {};
  const length = Math.max(
    ...[a.items, b.items].map((items) => isTuple(items) ? items.length : 0),
  );
  const both = (index: number) => ({
    allOf: [itemAt(a, index), itemAt(b, index)],
  });
  if (length === 0) return { items: both(0) };
  return {
    items: Array.from({ length }, (_, i) => both(i)),
    additionalItems: both(length),
  };
}

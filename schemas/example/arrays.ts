import type { Json } from "../json.ts";
import { canonicalJson } from "../envelope.ts";
import { below } from "../json_pointer.ts";
import { choices } from "./choices.ts";
import type { Schema, Site } from "./search.ts";
import type { FlatSchema } from "./views.ts";

type Instances = (schema: Schema, site: Site) => Generator<Json>;

/** Lists worth trying: the shortest allowed, then longer ones. */
export function* arrays(
  view: FlatSchema,
  site: Site,
  instances: Instances,
): Generator<Json> {
  const least = Math.max(
    view.minItems ?? 0,
    view.contains === undefined ? 0 : 1,
  );
  const most = Math.min(view.maxItems ?? Infinity, least + 3, 10_000);
  for (let length = least; length <= most; length++) {
    yield* ofLength(length, { view, site, instances });
  }
}

interface Parts {
  readonly view: FlatSchema;
  readonly site: Site;
  readonly instances: Instances;
}

function* ofLength(length: number, parts: Parts): Generator<Json> {
  const { view, site, instances } = parts;
  const schemas = Array.from({ length }, (_, i) => itemSchema(view, i));
  const iterators = schemas.map((schema, i) =>
    instances(schema, {
      ...site,
      pointer: below(site.pointer, i),
      depth: site.depth - 1,
    })
  );
  if (view.uniqueItems === true) return yield* distinct(iterators);
  yield* choices(iterators, 64);
}

/** What the item at an index must fit; the first one is what the list must contain. */
function itemSchema(view: FlatSchema, index: number): Schema {
  const { items = true, additionalItems = true } = view;
  const own = Array.isArray(items)
    ? (items as readonly Schema[])[index] ?? additionalItems
    : items as Schema;
  return index === 0 && view.contains !== undefined
    ? { allOf: [view.contains, own] }
    : own;
}

/** One list in which each item differs from those before it. */
function* distinct(iterators: readonly Iterator<Json>[]): Generator<Json> {
  const seen = new Set<string>();
  const chosen: Json[] = [];
  for (const iterator of iterators) {
    const item = nextNew(iterator, seen);
    if (item === undefined) return;
    chosen.push(item);
  }
  yield chosen;
}

function nextNew(iterator: Iterator<Json>, seen: Set<string>) {
  for (let next = iterator.next(); !next.done; next = iterator.next()) {
    const text = canonicalJson(next.value);
    if (seen.has(text)) continue;
    seen.add(text);
    return next.value;
  }
  return undefined;
}

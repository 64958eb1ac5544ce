import type { Json } from "../json.ts";
import { canonicalJson } from "../envelope.ts";
import { below } from "../json_pointer.ts";
import { choices } from "./choices.ts";
import type { Schema, Site } from "./search.ts";
import { itemAt } from "./tuple.ts";
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

/** Lists of a length; what they must contain stands at each place in turn. */
function* ofLength(length: number, parts: Parts): Generator<Json> {
  const { contains } = parts.view;
  const places = contains === undefined ? 1 : Math.min(length, 8);
  for (let place = 0; place < places; place++) {
    const schemas = Array.from({ length }, (_, i) => {
      const own = itemAt(parts.view, i);
      return i === place && contains !== undefined
        ? { allOf: [contains, own] }
        : own;
    });
    yield* ofSchemas(schemas, parts);
  }
}

function* ofSchemas(
  schemas: readonly Schema[],
  { view, site, instances }: Parts,
): Generator<Json> {
  const iterators = schemas.map((schema, i) =>
    instances(schema, {
      ...site,
      pointer: below(site.pointer, i),
      depth: site.depth - 1,
    })
  );
  if (view.uniqueItems === true) yield* distinct(iterators);
  else yield* choices(iterators, 64);
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

import type { Json } from "../json.ts";
import { arrays } from "./arrays.ts";
import { numbers } from "./numbers.ts";
import { objects } from "./objects.ts";
import type { Schema, Site } from "./search.ts";
import { texts } from "./texts.ts";
import type { FlatSchema } from "./views.ts";
import { typesOf, views } from "./views.ts";

/** Values that fit a schema, the most telling first: its own examples, then the smallest. Lazy. */
export function* instances(schema: Schema, site: Site): Generator<Json> {
  let found = false;
  if (schema !== false && site.depth > 0) {
    for (const value of proposals(schema, site)) {
      if (!site.search.spend()) return;
      if (!site.search.fits(value, schema)) continue;
      found = true;
      yield value;
    }
  }
  if (!found) site.search.deadEnd(site.pointer);
}

function* proposals(schema: Schema, site: Site): Generator<Json> {
  for (const view of views(schema, site)) {
    if (!site.search.spend()) return;
    yield* given(view);
    for (const type of typesOf(view)) yield* ofType(type, view, site);
  }
}

/** What the schema itself offers. */
function given(view: FlatSchema): readonly Json[] {
  return [
    ...(view.const === undefined ? [] : [view.const]),
    ...(Array.isArray(view.examples) ? view.examples : []),
    ...(view.default === undefined ? [] : [view.default]),
    ...(view.enum ?? []),
  ];
}

function ofType(type: string, view: FlatSchema, site: Site): Iterable<Json> {
  switch (type) {
    case "string":
      return texts(view, site);
    case "integer":
    case "number":
      return numbers(view, type === "integer");
    case "boolean":
      return [true, false];
    case "array":
      return arrays(view, site, instances);
    case "object":
      return objects(view, site, instances);
    default:
      return [null];
  }
}

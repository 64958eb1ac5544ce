import type { Json } from "../json.ts";
import { below } from "../json_pointer.ts";
import { choices } from "./choices.ts";
import { merge } from "./merge.ts";
import { patternTexts } from "./pattern_texts.ts";
import type { Schema, Site } from "./search.ts";
import type { FlatSchema } from "./views.ts";
import { isMap, views } from "./views.ts";

type Instances = (schema: Schema, site: Site) => Generator<Json>;

interface Parts {
  readonly site: Site;
  readonly instances: Instances;
}

/** Objects worth trying: the required keys alone, then with optional ones. */
export function* objects(
  view: FlatSchema,
  site: Site,
  instances: Instances,
): Generator<Json> {
  const parts = { site, instances };
  const required = [...view.required ?? []];
  const optional = Object.keys(view.properties ?? {})
    .filter((key) => !required.includes(key));
  const sets = [
    required,
    ...optional.map((key) => [...required, key]),
    ...(optional.length > 1 ? [[...required, ...optional]] : []),
  ];
  for (const keys of sets) {
    for (const [whole, all] of withDependencies(view, keys, parts)) {
      yield* withKeys(whole, filled(whole, all, parts), parts);
    }
  }
}

function* withKeys(
  view: FlatSchema,
  keys: readonly string[],
  { site, instances }: Parts,
): Generator<Json> {
  const iterators = keys.map((key) =>
    instances(memberSchema(view, key), {
      ...site,
      pointer: below(site.pointer, key),
      depth: site.depth - 1,
    })
  );
  for (const values of choices(iterators, 64)) {
    yield Object.fromEntries(keys.map((key, i) => [key, values[i] ?? null]));
  }
}

/** What the value of a key must fit. */
export function memberSchema(view: FlatSchema, key: string): Schema {
  const { properties = {}, patternProperties = {} } = view;
  const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
  const matched = Object.entries(patternProperties)
    .filter(([pattern]) => new RegExp(pattern, "u").test(key))
    .map(([, schema]) => schema);
  const all = own === undefined ? matched : [own, ...matched];
  if (all.length === 0) return view.additionalProperties ?? true;
  return all.length === 1 ? all[0] ?? true : { allOf: all };
}

/** The keys with those they bring along, and the schema with what they demand of the whole. */
function* withDependencies(
  view: FlatSchema,
  keys: readonly string[],
  parts: Parts,
): Generator<readonly [FlatSchema, readonly string[]]> {
  const { dependencies, ...rest } = view;
  const key = keys.find((each) =>
    isMap(dependencies) && Object.hasOwn(dependencies, each)
  );
  if (key === undefined || dependencies === undefined) {
    return yield [view, keys];
  }
  const { [key]: demand = true, ...others } = dependencies;
  const left = { ...rest, dependencies: others } as FlatSchema;
  const demands = Array.isArray(demand)
    ? [{ required: demand as readonly string[] } as FlatSchema]
    : views(demand as Schema, parts.site);
  for (const each of demands) {
    const merged = merge(left, each);
    if (merged === undefined) continue;
    const all = [...new Set([...keys, ...merged.required ?? []])];
    yield* withDependencies(merged, all, parts);
  }
}

/** The keys, with made-up ones where `minProperties` asks for more. */
function filled(
  view: FlatSchema,
  keys: readonly string[],
  parts: Parts,
): readonly string[] {
  const least = Math.min(view.minProperties ?? 0, 1_000);
  const all = new Set(keys);
  for (const key of madeUp(view, parts)) {
    if (all.size >= least) break;
    all.add(key);
  }
  return [...all];
}

function* madeUp(
  view: FlatSchema,
  { site, instances }: Parts,
): Generator<string> {
  yield* Object.keys(view.properties ?? {});
  if (view.propertyNames !== undefined) {
    const names = { ...site, depth: site.depth - 1 };
    const schema = { allOf: [{ type: "string" }, view.propertyNames] };
    for (const name of instances(schema, names)) yield `${name}`;
    return;
  }
  for (const pattern of Object.keys(view.patternProperties ?? {})) {
    yield* patternTexts(pattern, 0);
  }
  if (view.additionalProperties === false) return;
  for (let n = 1; n <= 1_000; n++) yield `key${n}`;
}

import type { Json } from "../json.ts";
import { isObject } from "../json.ts";
import { merge } from "./merge.ts";
import type { Schema, Site } from "./search.ts";

/** The keywords of draft-07 that say what a value is made of. Values of the wrong type were reported before. */
export interface FlatSchema {
  readonly [keyword: string]: Json | undefined;
  readonly type?: string | readonly string[];
  readonly const?: Json;
  readonly enum?: readonly Json[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly propertyNames?: Schema;
  readonly dependencies?: Readonly<Record<string, Schema | readonly string[]>>;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly items?: Schema | readonly Schema[];
  readonly additionalItems?: Schema;
  readonly contains?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

/**
 * The ways to read a schema without `$ref`, `allOf`, `anyOf`, `oneOf` and `if`: one for each choice of
 * branches, their keywords merged. Branches that contradict each other are left out; a value made from a way
 * may still not fit the whole.
 */
export function* views(schema: Schema, site: Site): Generator<FlatSchema> {
  if (schema === false || site.depth <= 0) return;
  if (schema === true) return yield {};
  if (schema["$ref"] !== undefined) {
    const target = site.search.target(schema);
    const deeper = { ...site, depth: site.depth - 1 };
    if (target !== undefined) yield* views(target, deeper);
    return;
  }
  const { allOf, anyOf, oneOf, if: _if, then: _then, else: _else, ...own } =
    schema;
  const groups = [
    ...list(allOf).map((each) => [each]),
    ...[list(anyOf), list(oneOf), conditional(schema)]
      .filter((group) => group.length > 0),
  ];
  yield* combined(own as FlatSchema, groups, site);
}

function* combined(
  base: FlatSchema,
  groups: readonly (readonly Schema[])[],
  site: Site,
): Generator<FlatSchema> {
  const [group, ...rest] = groups;
  if (group === undefined) return yield base;
  for (const option of group) {
    for (const view of views(option, site)) {
      if (!site.search.spend()) return;
      const merged = merge(base, view);
      if (merged !== undefined) yield* combined(merged, rest, site);
    }
  }
}

function conditional(schema: Exclude<Schema, boolean>): readonly Schema[] {
  if (schema["if"] === undefined) return [];
  const holds = [schema["if"], schema["then"] ?? true] as readonly Schema[];
  return [{ allOf: holds }, (schema["else"] ?? true) as Schema];
}

function list(value: Json | undefined): readonly Schema[] {
  return Array.isArray(value) ? value : [];
}

const HINTS: readonly (readonly [string, readonly string[]])[] = [
  ["object", ["properties", "required", "minProperties", "propertyNames"]],
  ["array", ["items", "minItems", "contains", "uniqueItems"]],
  ["string", ["pattern", "minLength", "maxLength", "format"]],
  ["number", ["minimum", "maximum", "multipleOf", "exclusiveMinimum"]],
];

const EVERY = ["string", "object", "number", "boolean", "array", "null"];

/** The types to try, `null` last; without `type` those that the other keywords speak of come first. */
export function typesOf(view: FlatSchema): readonly string[] {
  if (typeof view.type === "string") return [view.type];
  if (view.type !== undefined) {
    return [...view.type].sort((a, b) => rank(a) - rank(b));
  }
  const hinted = HINTS.filter(([, keywords]) =>
    keywords.some((keyword) => view[keyword] !== undefined)
  ).map(([type]) => type);
  return [...new Set([...hinted, ...EVERY])];
}

function rank(type: string): number {
  return type === "null" ? 1 : 0;
}

/** Whether a keyword's value is a map of schemas. */
export function isMap(
  value: unknown,
): value is Readonly<Record<string, Schema>> {
  return isObject(value);
}

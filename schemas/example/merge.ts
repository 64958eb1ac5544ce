import { canonicalJson } from "../envelope.ts";
import type { Json } from "../json.ts";
import { isObject } from "../json.ts";
import { mergeItems } from "./tuple.ts";
import type { FlatSchema } from "./views.ts";

/** The keywords of two schemas in one, or undefined when no value can fit both. */
export function merge(a: FlatSchema, b: FlatSchema): FlatSchema | undefined {
  const merged: Record<string, Json> = { ...a as Record<string, Json> };
  for (const [keyword, value] of Object.entries(b)) {
    if (value === undefined) continue;
    const before = merged[keyword];
    const both = before === undefined
      ? value
      : mergeKeyword(keyword, before, value);
    if (both === undefined) return undefined;
    merged[keyword] = both;
  }
  return { ...merged as FlatSchema, ...mergeItems(a, b) };
}

type Merge = (a: Json, b: Json) => Json | undefined;

const BY_KEYWORD: Readonly<Record<string, Merge>> = {
  type: commonTypes,
  const: (a, b) => same(a, b) ? a : undefined,
  enum: (a, b) =>
    nonEmpty(items(a).filter((x) => items(b).some((y) => same(x, y)))),
  required: (a, b) => [...new Set([...items(a), ...items(b)])],
  examples: (a, b) => [...items(a), ...items(b)],
  properties: mergeMaps,
  patternProperties: mergeMaps,
  dependencies: (a, b) => ({ ...object(a), ...object(b) }),
  additionalProperties: bothSchemas,
  contains: bothSchemas,
  propertyNames: bothSchemas,
  minimum: larger,
  exclusiveMinimum: larger,
  minLength: larger,
  minItems: larger,
  minProperties: larger,
  maximum: smaller,
  exclusiveMaximum: smaller,
  maxLength: smaller,
  maxItems: smaller,
  maxProperties: smaller,
  multipleOf: commonMultiple,
  uniqueItems: (a, b) => a === true || b === true,
};

function mergeKeyword(keyword: string, a: Json, b: Json): Json | undefined {
  return Object.hasOwn(BY_KEYWORD, keyword) ? BY_KEYWORD[keyword]?.(a, b) : a;
}

function commonTypes(a: Json, b: Json): Json | undefined {
  const [left, right] = [typeList(a), typeList(b)];
  const common = [
    ...left.filter((type) =>
      right.includes(type) || (type === "integer" && right.includes("number"))
    ),
    ...right.filter((type) => type === "integer" && left.includes("number")),
  ];
  return nonEmpty([...new Set(common)]);
}

function typeList(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}

function mergeMaps(a: Json, b: Json): Json {
  const merged: Record<string, Json> = { ...object(a) };
  for (const [key, value] of Object.entries(object(b))) {
    const before = merged[key];
    merged[key] = before === undefined ? value : bothSchemas(before, value);
  }
  return merged;
}

function bothSchemas(a: Json, b: Json): Json {
  return { allOf: [a, b] };
}

function larger(a: Json, b: Json): Json {
  return Math.max(Number(a), Number(b));
}

function smaller(a: Json, b: Json): Json {
  return Math.min(Number(a), Number(b));
}

function commonMultiple(a: Json, b: Json): Json {
  const [left, right] = [Number(a), Number(b)];
  if (left % right === 0) return left;
  return right % left === 0 ? right : left * right;
}

function same(a: Json, b: Json): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function nonEmpty(values: readonly Json[]): Json | undefined {
  return values.length === 0 ? undefined : values;
}

function items(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function object(value: Json): Readonly<Record<string, Json>> {
  return isObject(value) ? value : {};
}

import { format as FORMATS, ucs2length } from "@cfworker/json-schema";
import { isObject, type Json, type JsonObject } from "../json.ts";
import type { Node } from "../tree.ts";

/** Whether the library would surely find a value valid, told much faster. `false` says nothing. */
export type Surely = (node: Node, levels?: number) => boolean;

/** Schemas inside schemas that are followed; far from where the library would come to no end. */
const LEVELS = 100;

const NEVER: Surely = () => false;
const ALWAYS: Surely = () => true;

/** Keywords of which the library takes no notice, or which only hold what a `$ref` leads to. */
const REMARKS: ReadonlySet<string> = new Set([
  "$schema",
  "$id",
  "$comment",
  "title",
  "description",
  "default",
  "examples",
  "definitions",
  "deprecated",
  "readOnly",
  "writeOnly",
  "contentEncoding",
  "contentMediaType",
]);

export function isRemark(keyword: string): boolean {
  return REMARKS.has(keyword);
}

/** What a keyword asks of a value; undefined when that is not known here. */
type Rule = (value: Json, about: About) => Surely | undefined;

interface About {
  readonly schema: JsonObject;
  /** Reads a schema inside this one. */
  readonly inside: (schema: Json | undefined) => Surely;
}

/**
 * The quick road beside @cfworker/json-schema, which stays the judge: large documents are mostly right, and the library
 * takes 90 ms to say so of one megabyte. Whatever is not known here, and whatever may be wrong, is left to it.
 */
export function surelyValid(
  target: (schema: JsonObject) => Json | undefined,
): (schema: Json | undefined) => Surely {
  const made = new Map<JsonObject, Surely>();
  const inside = (schema: Json | undefined): Surely => {
    if (schema === true) return ALWAYS;
    if (!isObject(schema)) return NEVER;
    const before = made.get(schema);
    if (before !== undefined) return before;
    let rules: Surely | undefined;
    // Read when first needed, since a $ref may lead back to where it stands.
    const surely: Surely = (node, levels = LEVELS) => {
      if (levels === 0) return false;
      rules ??= schema["$ref"] === undefined
        ? allRules(schema, inside)
        : inside(target(schema));
      return rules(node, levels - 1);
    };
    made.set(schema, surely);
    return surely;
  };
  return inside;
}

function allRules(schema: JsonObject, inside: About["inside"]): Surely {
  const about = { schema, inside };
  const all: Surely[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (isRemark(keyword)) continue;
    const rule = RULES.get(keyword)?.(value, about);
    if (rule === undefined) return NEVER;
    all.push(rule);
  }
  return (node, levels) => all.every((rule) => rule(node, levels));
}

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["type", typeRule],
  ["const", (value) => oneOfRule([value])],
  ["enum", (values) => Array.isArray(values) ? oneOfRule(values) : undefined],
  ["required", requiredRule],
  ["properties", (_, about) => propertiesRule(about)],
  ["additionalProperties", (_, about) => propertiesRule(about)],
  ["items", itemsRule],
  ["minItems", lengthRule("array", (length, limit) => length >= limit)],
  ["maxItems", lengthRule("array", (length, limit) => length <= limit)],
  ["minLength", lengthRule("string", (length, limit) => length >= limit)],
  ["maxLength", lengthRule("string", (length, limit) => length <= limit)],
  ["pattern", patternRule],
  ["format", formatRule],
  ["minimum", numberRule((number, limit) => number >= limit)],
  ["maximum", numberRule((number, limit) => number <= limit)],
  ["exclusiveMinimum", numberRule((number, limit) => number > limit)],
  ["exclusiveMaximum", numberRule((number, limit) => number < limit)],
  [
    "anyOf",
    branchRule((all) => (node, levels) =>
      all.some((branch) => branch(node, levels))
    ),
  ],
  [
    "allOf",
    branchRule((all) => (node, levels) =>
      all.every((branch) => branch(node, levels))
    ),
  ],
]);

function typeRule(value: Json): Surely | undefined {
  const types = Array.isArray(value) ? value : [value];
  const whole = types.includes("integer");
  return (node) => {
    if (node.kind !== "scalar") return types.includes(node.kind);
    const { value } = node;
    return types.includes(value === null ? "null" : typeof value) ||
      (whole && Number.isInteger(value));
  };
}

/** Lists and objects are left to the library. */
function oneOfRule(values: readonly Json[]): Surely {
  return (node) =>
    node.kind === "scalar" && values.some((each) => each === node.value);
}

function requiredRule(keys: Json): Surely | undefined {
  if (!Array.isArray(keys) || !keys.every(isPlainKey)) return undefined;
  return (node) =>
    node.kind !== "object" ||
    keys.every((key) => node.properties.some((each) => each.key === key));
}

/** The library takes keys in another form when they hold lone surrogates. */
function isPlainKey(key: Json): key is string {
  return typeof key === "string" && key.isWellFormed();
}

/** Both keywords about properties, which are looked through once. Of a key that stands twice all values have to be right. */
function propertiesRule(
  { schema: { properties = {}, additionalProperties: others }, inside }: About,
): Surely | undefined {
  if (!isObject(properties)) return undefined;
  if (!Object.keys(properties).every(isPlainKey)) return undefined;
  const known = new Map(
    Object.entries(properties).map(([key, each]) => [key, inside(each)]),
  );
  const other = others === undefined ? ALWAYS : inside(others);
  return (node, levels) =>
    node.kind !== "object" ||
    node.properties.every(({ key, value }) =>
      known.get(key)?.(value, levels) ??
        (key.isWellFormed() && other(value, levels))
    );
}

function itemsRule(value: Json, { inside }: About): Surely | undefined {
  if (Array.isArray(value)) return undefined;
  const item = inside(value);
  return (node, levels) =>
    node.kind !== "array" || node.items.every((each) => item(each, levels));
}

/** Of a list its items count, of a text its characters as Unicode has them. */
function lengthRule(
  kind: "array" | "string",
  fits: (length: number, limit: number) => boolean,
): Rule {
  return (limit) => {
    if (typeof limit !== "number") return undefined;
    if (kind === "array") {
      return (node) => node.kind !== "array" || fits(node.items.length, limit);
    }
    return textRule((text) => fits(ucs2length(text), limit));
  };
}

function patternRule(value: Json): Surely | undefined {
  try {
    const pattern = new RegExp(String(value), "u");
    return textRule((text) => pattern.test(text));
  } catch {
    return undefined;
  }
}

function formatRule(value: Json): Surely | undefined {
  if (typeof value !== "string") return undefined;
  const test = FORMATS[value];
  return test === undefined ? ALWAYS : textRule(test);
}

function textRule(fits: (text: string) => boolean): Surely {
  return (node) =>
    node.kind !== "scalar" || typeof node.value !== "string" ||
    fits(node.value);
}

function numberRule(fits: (number: number, limit: number) => boolean): Rule {
  return (limit) => {
    if (typeof limit !== "number") return undefined;
    return (node) =>
      node.kind !== "scalar" || typeof node.value !== "number" ||
      fits(node.value, limit);
  };
}

function branchRule(join: (branches: readonly Surely[]) => Surely): Rule {
  return (schemas, { inside }) =>
    Array.isArray(schemas) ? join(schemas.map(inside)) : undefined;
}

import { diagnose } from "../diagnose.ts";
import type { Diagnostic, Fix } from "../diagnostic.ts";
import { insertKey } from "../insert_key.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import { pointerOf } from "../json_pointer.ts";
import { placeInMessage } from "../place_name.ts";
import { removalOf } from "../removal.ts";
import { oneOf } from "../show_value.ts";
import type { Span } from "../source.ts";
import { shortText } from "../tree_rules.ts";
import { textEdit } from "../write_text.ts";
import { describe } from "./expected.ts";
import type { Finding } from "./findings.ts";
import type { Site } from "./find_node.ts";
import type { Words } from "./wording.ts";

/** A key, or one of several, that an object must have. */
export function missingKeys(finding: Finding, words: Words): Diagnostic {
  const { site, keys = [], schema } = finding;
  const names = keys.map(shortText).join(" or ");
  const expected = describeKey(schema, keys[0]);
  const place = placeInMessage(site.path);
  return diagnose(
    "ERR_KEY_MISSING",
    `Cannot use ${place}: key ${names} is missing`,
    {
      span: headSpan(site),
      pointer: pointerOf(site.path),
      ...(expected === undefined || keys.length > 1 ? {} : { expected }),
      ...fixes(keys.flatMap((key) => insertion(finding, key, words))),
    },
  );
}

function describeKey(
  { properties }: JsonObject,
  key: string | undefined,
): string | undefined {
  if (key === undefined || !isObject(properties)) return undefined;
  const what = Object.hasOwn(properties, key)
    ? describe(properties[key])
    : undefined;
  return what === undefined ? undefined : `${shortText(key)}: ${what}`;
}

function insertion(
  { site, schema }: Finding,
  key: string,
  { source, skeleton }: Words,
): readonly Fix[] {
  if (source === undefined || site.node.kind !== "object") return [];
  const sure = onlyValue(schema, key);
  const value = sure ?? skeleton(schema, key);
  const edit = insertKey(source, site.node, { key, value });
  const title = `Add ${shortText(key)}`;
  // What is made up is for a person to complete.
  return [{
    title,
    edits: [edit],
    ...(sure === undefined ? { choice: true } : {}),
  }];
}

/** The value of a key that nobody needs to be asked for. */
function onlyValue({ properties }: JsonObject, key: string): Json | undefined {
  const part = isObject(properties) && Object.hasOwn(properties, key)
    ? properties[key]
    : undefined;
  if (!isObject(part)) return undefined;
  const { const: only, default: usual, enum: values } = part;
  const single = Array.isArray(values) && values.length === 1;
  return only ?? usual ?? (single ? values[0] : undefined);
}

/** Where an object is told of as a whole: its key, otherwise where it begins. */
function headSpan({ node, property }: Site): Span {
  if (property !== undefined) return property.keySpan;
  const { start, end } = node.span;
  return { start, end: Math.min(start + 1, end) };
}

/** A key that an object may not have. */
export function unknownKey(finding: Finding, words: Words): Diagnostic {
  const { site, schema, keyword } = finding;
  const key = String(site.path.at(-1) ?? "");
  const known = keyword === "bad key" ? namesOf(schema) : keysOf(schema);
  const near = nearKey(site, { key, known }, words);
  const place = placeInMessage(site.path.slice(0, -1));
  const hint = near === undefined ? "" : `, did you mean ${shortText(near)}`;
  const expected = expectedKeys(schema, known);
  return diagnose(
    "ERR_KEY_UNKNOWN",
    `Cannot use key ${
      shortText(key)
    } in ${place}: it is not known there${hint}`,
    {
      span: site.property?.keySpan ?? site.node.span,
      pointer: pointerOf(site.path),
      ...(expected === undefined ? {} : { expected }),
      ...fixes(
        near === undefined ? removal(site, words) : renaming(site, near, words),
      ),
    },
  );
}

/** The key that was meant; it cannot be one that is there already. */
function nearKey(
  { parent }: Site,
  { key, known }: { readonly key: string; readonly known: readonly string[] },
  { suggest }: Words,
): string | undefined {
  const near = suggest(key, known);
  if (near === undefined) return undefined;
  const there = parent?.properties.some((each) => each.key === near);
  return there === true ? undefined : near;
}

function renaming(
  { property }: Site,
  near: string | undefined,
  { source }: Words,
): readonly Fix[] {
  if (near === undefined || source === undefined || property === undefined) {
    return [];
  }
  const edit = textEdit(source, property.keySpan, near);
  return [{ title: `Write ${shortText(near)}`, edits: [edit] }];
}

function removal(
  { parent, property }: Site,
  { source }: Words,
): readonly Fix[] {
  return source === undefined || parent === undefined || property === undefined
    ? []
    : removalOf(source, parent, property);
}

function keysOf({ properties }: JsonObject): readonly string[] {
  return isObject(properties) ? Object.keys(properties) : [];
}

function namesOf({ propertyNames }: JsonObject): readonly string[] {
  const values = isObject(propertyNames) ? propertyNames["enum"] : undefined;
  return Array.isArray(values) ? values.map(String) : [];
}

function expectedKeys(
  schema: JsonObject,
  known: readonly string[],
): string | undefined {
  const { propertyNames, patternProperties } = schema;
  const patterns = isObject(patternProperties)
    ? Object.keys(patternProperties)
    : isObject(propertyNames) && typeof propertyNames["pattern"] === "string"
    ? [propertyNames["pattern"]]
    : [];
  const parts = [
    ...(known.length === 0 ? [] : [oneOf(known)]),
    ...patterns.map((pattern) => `a key that matches /${pattern}/`),
  ];
  return parts.length === 0 ? undefined : parts.join(", or ");
}

function fixes(
  list: readonly Fix[],
): { readonly fixes?: readonly Fix[] } {
  return list.length === 0 ? {} : { fixes: list };
}

import type { Fix } from "../diagnostic.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import { showScalar } from "../show_value.ts";
import type { Source } from "../source.ts";
import type { ScalarNode } from "../tree.ts";
import { valueEdit } from "../write_text.ts";
import type { Finding } from "./findings.ts";
import { openSchema } from "./open_schema.ts";

type Scalar = ScalarNode["value"];

/** Most values that are offered one by one. */
const MOST = 5;

/** What a single value may be replaced by: what was meant, the same in another type, or any that is allowed. */
export function valueFixes(
  { keyword, site: { node }, types = [], values = [], schema }: Finding,
  near: string | undefined,
  source: Source | undefined,
): readonly Fix[] {
  if (source === undefined || node.kind !== "scalar") return [];
  const write = (value: Scalar): Fix => ({
    title: `Write ${showScalar(value)}`,
    edits: [valueEdit(source, node.span, value)],
  });
  if (keyword === "type") {
    const same = converted(node, types, source);
    if (same !== undefined && fits(same, schema)) return [write(same)];
    return types.includes("array") ? asList(node, schema, source) : [];
  }
  const meant = near === undefined ? [] : [write(near)];
  if (values.length > MOST) return meant;
  const others = values.filter(isScalar).filter((value) => value !== near);
  return [
    ...meant,
    ...others.map((value): Fix => ({ ...write(value), choice: true })),
  ];
}

function isScalar(value: Json): value is Scalar {
  return typeof value !== "object" || value === null;
}

/** The same value in an expected type, if nothing is lost. */
function converted(
  { value, span }: ScalarNode,
  types: readonly string[],
  source: Source,
): Scalar | undefined {
  if (typeof value === "string") return read(value, types, source.language);
  if (!types.includes("string") || value === null) return undefined;
  const written = source.text.slice(span.start, span.end);
  return written === "" ? undefined : written;
}

/** What older YAML read as true and false. */
const OLD_WORDS: Readonly<Record<string, boolean>> = {
  yes: true,
  on: true,
  no: false,
  off: false,
};

function read(
  text: string,
  types: readonly string[],
  language: Source["language"],
): Scalar | undefined {
  if (types.includes("boolean")) {
    if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
    const word = text.toLowerCase();
    const old = language === "yaml" && Object.hasOwn(OLD_WORDS, word);
    if (old) return OLD_WORDS[word];
  }
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  const whole = Number.isSafeInteger(number) && String(number) === text;
  if (whole && types.includes("integer")) return number;
  const kept = whole || (text.includes(".") && Number.isFinite(number));
  return kept && types.includes("number") ? number : undefined;
}

/** One value where a list of such is expected. */
function asList(
  { value, span }: ScalarNode,
  { items }: JsonObject,
  source: Source,
): readonly Fix[] {
  if (!isObject(items) || value === null || !isOfType(value, items)) return [];
  if (!fits(value, items)) return [];
  const raw = source.text.slice(span.start, span.end);
  const written = INSIDE.test(raw) ? raw : JSON.stringify(value);
  const edit = { span, text: `[${written}]` };
  return [{ title: "Write it as a list", edits: [edit] }];
}

/** A text of one line that means inside of brackets what it means outside. */
const INSIDE = /^(?:[\w./~][^,[\]{}#:\r\n]*|"[^"\r\n]*"|'[^'\r\n]*')$/;

function isOfType(value: Json, { type }: JsonObject): boolean {
  return type === typeof value || type === undefined;
}

const KEYWORDS = [
  "type",
  "const",
  "enum",
  "format",
  "maxLength",
  "minLength",
  "pattern",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "maximum",
  "minimum",
  "multipleOf",
];

/** Whether a value satisfies what a schema itself says of single values. */
function fits(value: Scalar, schema: JsonObject): boolean {
  const own = Object.entries(schema).filter(([key]) => KEYWORDS.includes(key));
  const open = openSchema(Object.fromEntries(own));
  if (!open.ok) return false;
  const verdict = open.schema.validate(value);
  return verdict.ok && verdict.units?.length === 0;
}

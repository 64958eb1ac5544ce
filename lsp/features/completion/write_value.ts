import { isObject, type Json } from "../../../schemas/mod.ts";
import { keyText, valueText } from "../../../schemas/checker.ts";
import type { Stops } from "./stops.ts";

/** What a value may be besides, each a scalar: they become the choices of its stop. */
export type Choices = readonly Json[];

/** Writes a value as JSON on one line, or with an indentation for each level on several. */
export function jsonValue(
  value: Json,
  stops: Stops,
  { choices = [], pad }: {
    readonly choices?: Choices;
    /** What a line begins with; without it, everything is on one line. */
    readonly pad?: string;
  } = {},
): string {
  if (typeof value === "string") {
    return `"${stops.stop(inside(value), choices.map(inside))}"`;
  }
  if (!isObject(value) && !Array.isArray(value)) {
    const text = JSON.stringify(value);
    return stops.stop(text, choices.map((each) => JSON.stringify(each)));
  }
  const more = pad === undefined ? {} : { pad: `${pad}  ` };
  const [open, close, parts] = Array.isArray(value)
    ? ["[", "]", value.map((item) => jsonValue(item, stops, more))]
    : [
      "{",
      "}",
      Object.entries(value).map(([key, item]) =>
        `${stops.plain(JSON.stringify(key))}: ${jsonValue(item, stops, more)}`
      ),
    ];
  if (parts.length === 0) return `${open}${stops.stop("")}${close}`;
  return pad === undefined
    ? `${open}${parts.join(", ")}${close}`
    : `${open}\n${pad}  ${parts.join(`,\n${pad}  `)}\n${pad}${close}`;
}

/** A text as it stands between the quotes of JSON; of anything else nothing. */
function inside(value: Json): string {
  return typeof value === "string" ? JSON.stringify(value).slice(1, -1) : "";
}

/**
 * Writes a value as YAML from where it begins; the lines that follow start with `indent` blanks. What fits on one
 * line is written there.
 */
export function yamlValue(
  value: Json,
  stops: Stops,
  { indent, choices = [] }: {
    readonly indent: number;
    readonly choices?: Choices;
  },
): string {
  const line = `\n${" ".repeat(indent)}`;
  if (Array.isArray(value) && value.length > 0) {
    return value.map((item: Json) =>
      `- ${yamlValue(item, stops, { indent: indent + 2 })}`
    ).join(line);
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value).map(([key, item]) =>
      yamlPair(key, item, { stops, indent })
    ).join(line);
  }
  return yamlScalar(value, stops, choices);
}

/** Writes a key with its value as YAML; what is nested stands two blanks further in than the key. */
export function yamlPair(
  key: string,
  value: Json,
  { stops, indent, choices = [] }: {
    readonly stops: Stops;
    readonly indent: number;
    readonly choices?: Choices;
  },
): string {
  const written = stops.plain(`${keyText(key)}:`);
  if (stops.snippets && isEmptyObject(value)) {
    return `${written}\n${" ".repeat(indent + 2)}${stops.stop("")}`;
  }
  if (!isNested(value)) {
    return `${written} ${yamlScalar(value, stops, choices)}`;
  }
  const nested = yamlValue(value, stops, { indent: indent + 2 });
  return `${written}\n${" ".repeat(indent + 2)}${nested}`;
}

/** Whether YAML writes a value on lines of its own. */
export function isNested(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isObject(value) && Object.keys(value).length > 0;
}

function isEmptyObject(value: Json): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function yamlScalar(value: Json, stops: Stops, choices: Choices): string {
  if (isEmptyObject(value)) return `{${stops.stop("")}}`;
  if (Array.isArray(value)) return `[${stops.stop("")}]`;
  if (value === "") return `"${stops.stop("")}"`;
  return stops.stop(valueText(value), choices.map(valueText));
}

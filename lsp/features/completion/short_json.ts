import { isObject, type Json } from "../../../schemas/mod.ts";

const LONGEST = 60;

/** A value on one short line, as a label: `mock`, `{type: text, text: Hello}`, `[…]`. */
export function shortJson(value: Json): string {
  const text = written(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

function written(value: Json): string {
  if (typeof value === "string") return plain(value) ? value : quoted(value);
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const parts = Object.entries(value)
    .map(([key, item]) => `${key}: ${written(item)}`);
  return `{${parts.join(", ")}}`;
}

function plain(text: string): boolean {
  return text !== "" && !/[\r\n\t]/.test(text);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

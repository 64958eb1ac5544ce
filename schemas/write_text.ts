import type { Edit } from "./diagnostic.ts";
import { isObject, type Json } from "./json.ts";
import type { Source, Span } from "./source.ts";

/** An edit that puts a text in place of a key or value: plain where YAML was plain, otherwise in double quotes. */
export function textEdit(source: Source, span: Span, text: string): Edit {
  const before = source.text.charAt(span.start);
  const plain = source.language === "yaml" && before !== '"' && before !== "'";
  const written = plain ? keyText(text) : JSON.stringify(text);
  const missing = blankBefore(source, span);
  // A list may stand as far left as its key, a text may not.
  const list = plain &&
    /^-\s/.test(source.text.slice(span.start, span.start + 2));
  return { span, text: `${missing}${list ? "  " : ""}${written}` };
}

/** An edit that puts any single value in place of one. */
export function valueEdit(
  source: Source,
  span: Span,
  value: string | number | boolean | null,
): Edit {
  if (typeof value === "string") return textEdit(source, span, value);
  return { span, text: `${blankBefore(source, span)}${value}` };
}

/** A value that was not there needs a blank after its indicator, and one of braces may have no indicator yet. */
function blankBefore(
  { text, language }: Source,
  { start, end }: Span,
): string {
  if (start !== end) return "";
  const before = text.slice(Math.max(0, start - 200), start);
  const indicated = /(?:^|[:?-])\s*(?:[!&]\S*(?:\s+|$))*$/.test(before);
  if (language === "yaml" && !indicated) return ": ";
  return /\S/.test(text.charAt(start - 1)) ? " " : "";
}

/** A key of YAML, in quotes only where it needs them. */
export function keyText(key: string): string {
  return isPlain(key) ? key : JSON.stringify(key);
}

/** A value on one line of YAML; anything but a simple text is written as JSON, which is YAML too. */
export function valueText(value: Json): string {
  return typeof value === "string" ? keyText(value) : JSON.stringify(value);
}

/** A key and its value as lines of block YAML, the first one not indented. */
export function blockLines(key: string, value: Json): readonly string[] {
  const below = linesBelow(value);
  const head = `${keyText(key)}:`;
  return below === undefined
    ? [`${head} ${valueText(value)}`]
    : [head, ...below.map((line) => `  ${line}`)];
}

/** What stands on lines of its own: objects and lists that hold something. */
function linesBelow(value: Json): readonly string[] | undefined {
  const lines = Array.isArray(value)
    ? value.flatMap(itemLines)
    : isObject(value)
    ? Object.entries(value).flatMap(([key, each]) => blockLines(key, each))
    : [];
  return lines.length === 0 ? undefined : lines;
}

function itemLines(item: Json): readonly string[] {
  const [first, ...rest] = linesBelow(item) ?? [valueText(item)];
  return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
}

/** Whether YAML reads a text without quotes as that very text, wherever it stands. */
function isPlain(text: string): boolean {
  return /^[A-Za-z$_](?:[\w./@$-]*[\w./$-])?$/.test(text) &&
    !/^(?:true|false|null)$/i.test(text);
}

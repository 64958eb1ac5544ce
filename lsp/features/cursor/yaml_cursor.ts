import type { Source } from "../../../schemas/mod.ts";
import { parse, UNFINISHED } from "../../../schemas/checker.ts";
import { type Cursor, findMark, type Slot, wordEnd } from "./cursor.ts";
import { excerptBefore } from "./yaml_excerpt.ts";
import { scanYaml, type YamlPlace } from "./yaml_scan.ts";

/**
 * The places of YAML. On a line of its own a word may become a key, an item or, behind a dash, a value: each way
 * that can be read is one place.
 */
export function yamlCursors(source: Source, offset: number): readonly Cursor[] {
  const place = scanYaml(source.text, offset);
  if (place === undefined) return [];
  const slot = slotOf(source.text, offset, place);
  const all = ways(place, slot);
  for (const attempt of ATTEMPTS) {
    const found = all.flatMap((way) => read(source, way, attempt));
    if (found.length > 0) return found;
  }
  return [];
}

/** One way to understand a place. */
interface Way {
  readonly role: Cursor["role"];
  readonly slot: Slot;
  readonly place: YamlPlace;
}

function ways(place: YamlPlace, slot: Slot): readonly Way[] {
  const key: Way = { role: "key", slot, place };
  const value: Way = { role: "value", slot, place };
  const bracket = place.flow.at(-1);
  if (bracket === "[") return [value];
  if (bracket === "{") return [place.after === "separator" ? key : value];
  if (place.after === "colon") return [value];
  if (slot.colon) return [key];
  if (place.after === "dash") return [key, value];
  // What is typed already is no item yet.
  if (place.word !== undefined) return [key];
  const nested = slot.indent.nested + 2;
  const item = { ...slot, before: "- ", indent: { ...slot.indent, nested } };
  return [key, { ...value, slot: item }];
}

/** What of a text is read, around the mark that stands in place of the slot. */
type Attempt = (
  text: string,
  mark: string,
  about: { readonly slot: Slot; readonly closing: string },
) => string;

/** The whole text, or else as much of it as tells where the cursor is. */
const ATTEMPTS: readonly Attempt[] = [
  (text, mark, { slot: { span } }) =>
    text.slice(0, span.start) + mark + text.slice(span.end),
  (text, mark, { slot, closing }) =>
    text.slice(0, slot.span.start) + ended(mark, slot) + closing,
  (text, mark, { slot, closing }) =>
    excerptBefore(text.slice(0, slot.span.start)) + ended(mark, slot) + closing,
];

function ended(mark: string, { colon }: Slot): string {
  return colon ? `${mark}: null` : mark;
}

function read(
  source: Source,
  { role, slot, place }: Way,
  attempt: Attempt,
): readonly Cursor[] {
  const colon = slot.style === "flow" ? ": null" : ":";
  const mark = [
    slot.before,
    UNFINISHED,
    role === "value" || slot.colon ? "" : colon,
    slot.commaAfter ? "," : "",
  ].join("");
  const closing = place.flow.toReversed()
    .map((each) => each === "[" ? "]" : "}").join("");
  const text = attempt(source.text, mark, { slot, closing });
  const tree = parse({ ...source, text });
  const found = findMark(tree.root);
  return found?.role === role ? [{ ...found, tree, slot }] : [];
}

function slotOf(text: string, offset: number, place: YamlPlace): Slot {
  const { word, flow, after } = place;
  const span = {
    start: word?.start ?? offset,
    end: endOf(text, offset, word),
  };
  const quote = word?.quote ?? "";
  const lineStart = startOfLine(text, span.start);
  const line = /^[ \t]*/.exec(text.slice(lineStart, span.start))?.[0].length ??
    0;
  const inBrackets = flow.length > 0;
  const glued = after === "colon" && text.charAt(span.start - 1) === ":";
  const rest = text.slice(span.end, span.end + 1_000);
  return {
    span,
    typed: text.slice(span.start + quote.length, offset),
    quote,
    closed: word?.closed ?? false,
    style: inBrackets ? "flow" : "block",
    before: glued ? " " : "",
    commaAfter: inBrackets && /^\s*[^\s,:\]}#]/.test(rest) &&
      after === "separator",
    colon: /^[ \t]*:(?=\s|$)/.test(rest) && after !== "colon",
    indent: {
      line,
      nested: after === "colon" ? place.column + 2 : span.start - lineStart,
    },
    inline: after !== "colon",
  };
}

/** End of what is replaced, on the line of the cursor. */
function endOf(text: string, offset: number, word: YamlPlace["word"]): number {
  if (word === undefined) return offset;
  if (word.quote === "" || word.closed) return word.end;
  return wordEnd(text, Math.max(offset, word.start + 1));
}

function startOfLine(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !"\r\n".includes(text.charAt(start - 1))) start--;
  return start;
}

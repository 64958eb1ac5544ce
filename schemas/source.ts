/** A document as it was read: its text, what to call it in messages, and how to read it. */
export interface Source {
  /** What messages call it: a path as the user typed it, `<stdin>` or `--inputs-json`. */
  readonly name: string;
  readonly text: string;
  readonly language: Language;
}

export type Language = "json" | "jsonc" | "yaml";

/** Half-open range of UTF-16 offsets in `Source.text`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Line and column, both counted from 1; columns are UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Largest inputs document that is read, in bytes of UTF-8; larger data belongs in an attachment. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** Deepest nesting that is read, in JSON and YAML alike. */
export const MAX_DEPTH = 200;

/** The language of a file by its name; anything that is not YAML is JSON with comments allowed for `.jsonc`. */
export function languageOf(name: string): Language {
  if (/\.ya?ml$/i.test(name)) return "yaml";
  return /\.jsonc$/i.test(name) ? "jsonc" : "json";
}

/** Answers the position of an offset; made once for a text, then each look-up is a binary search. */
export function positions(text: string): (offset: number) => Position {
  const starts = lineStarts(text);
  return (offset) => {
    const clamped = Math.max(0, Math.min(offset, text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: clamped - (starts[low] ?? 0) + 1 };
  };
}

/** Offsets at which lines start; `\r\n`, `\n` and a lone `\r` end a line, U+2028 does not. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) {
      starts.push(i + 1);
    }
  }
  return starts;
}

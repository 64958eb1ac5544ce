// @ts-types="./jsonc_scanner.d.ts"
import { createScanner, type Scanner } from "jsonc-parser/scanner";
import type { Span } from "./source.ts";

export type TokenKind =
  | "{"
  | "}"
  | "["
  | "]"
  | ","
  | ":"
  | "string"
  | "number"
  | "literal"
  | "comment"
  | "unknown"
  | "end";

/** A token of JSON or JSONC, blanks left out. */
export interface Token {
  readonly kind: TokenKind;
  readonly span: Span;
  /** As written; of a string, without quotes and with escapes resolved; of brackets, commas and colons nothing. */
  readonly text: string;
  /** What is wrong inside the token. */
  readonly flaw?: string;
}

/** Kinds by number of jsonc-parser's `SyntaxKind`; what is left out is blank space. */
const KINDS: Readonly<Record<number, TokenKind>> = {
  1: "{",
  2: "}",
  3: "[",
  4: "]",
  5: ",",
  6: ":",
  7: "literal",
  8: "literal",
  9: "literal",
  10: "string",
  11: "number",
  12: "comment",
  13: "comment",
  16: "unknown",
  17: "end",
};

/** The flaw of a text whose closing quote is missing. */
export const UNCLOSED = "the text is not closed with a quote on its line";

/** By number of jsonc-parser's `ScanError`. */
const FLAWS: Readonly<Record<number, string>> = {
  1: "the comment is not closed",
  2: UNCLOSED,
  3: "the number breaks off",
  4: "\\u needs four hexadecimal digits",
  5: "the backslash starts no escape of JSON",
  6: "control characters must be escaped in text",
};

/** The tokens of a text, one per call; after the last one always `end`. */
export function tokens(text: string): () => Token {
  const scanner = createScanner(text);
  let at = 0;
  return () => {
    while (isBlank(text.charCodeAt(at))) at++;
    const plain = plainToken(text, at);
    if (plain !== undefined) {
      at = plain.span.end;
      return plain;
    }
    scanner.setPosition(at);
    const token = scanned(scanner, text);
    at = scanner.getPosition();
    return token;
  };
}

function isBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

const MARKS: ReadonlySet<string> = new Set(["{", "}", "[", "]", ",", ":"]);

/**
 * What most of a document consists of, marks and texts without escapes, found with fewer steps than the scanner takes:
 * the first document of a process is read by code that V8 has not compiled yet.
 */
function plainToken(text: string, start: number): Token | undefined {
  const mark = text.charAt(start);
  if (MARKS.has(mark)) {
    const span = { start, end: start + 1 };
    return { kind: mark as TokenKind, span, text: "" };
  }
  if (mark !== '"') return undefined;
  const close = text.indexOf('"', start + 1);
  const inside = text.slice(start + 1, close);
  if (close < 0 || NOT_PLAIN.test(inside)) return undefined;
  return { kind: "string", span: { start, end: close + 1 }, text: inside };
}

/** A backslash, or a control character. */
const NOT_PLAIN = /\\|[^ -\uffff]/;

function scanned(scanner: Scanner, text: string): Token {
  let kind: TokenKind | undefined;
  do kind = KINDS[scanner.scan()]; while (kind === undefined);
  const start = scanner.getTokenOffset();
  // An unclosed comment is said to end one past the text.
  const end = Math.min(start + scanner.getTokenLength(), text.length);
  const token = { kind, span: { start, end }, text: scanner.getTokenValue() };
  const flaw = FLAWS[scanner.getTokenError()];
  return flaw === undefined ? token : { ...token, flaw };
}

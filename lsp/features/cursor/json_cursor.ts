import {
  parse,
  type Token,
  type TokenKind,
  tokens,
  UNCLOSED,
  UNFINISHED,
} from "../../../schemas/checker.ts";
import { lineStarts, type Source, type Span } from "../../../schemas/mod.ts";
import { type Cursor, findMark, type Slot, wordEnd } from "./cursor.ts";

/** Where the cursor is between the tokens before it. */
interface Place {
  readonly role: Cursor["role"];
  /** The word that is being typed, or an empty span. */
  readonly span: Span;
  readonly word?: Token;
  readonly commaAt?: number;
}

/** The places of JSON and JSONC: at most one. */
export function jsonCursors(source: Source, offset: number): readonly Cursor[] {
  const place = placeAt(source.text, offset);
  if (place === undefined) return [];
  const slot = slotOf(source.text, offset, place);
  const tree = parse({ ...source, text: marked(source.text, place, slot) });
  const found = findMark(tree.root);
  if (found === undefined || found.role !== place.role) return [];
  return [{ ...found, tree, slot }];
}

type Expects = "key" | "colon" | "value" | "comma" | "nothing";

/** Reads the tokens up to the cursor. */
class Walk {
  readonly #open: { readonly kind: TokenKind; expects: Expects }[] = [];
  #atTop: Expects = "value";
  previousEnd = 0;

  get expects(): Expects {
    return this.#open.at(-1)?.expects ?? this.#atTop;
  }

  get inObject(): boolean {
    return this.#open.at(-1)?.kind === "{";
  }

  take({ kind, span }: Token): void {
    if (kind === "comment") return;
    this.previousEnd = span.end;
    switch (kind) {
      case "{":
      case "[":
        this.#open.push({ kind, expects: kind === "{" ? "key" : "value" });
        return;
      case "}":
      case "]":
        this.#open.pop();
        return this.#next("comma");
      case ",":
        return this.#next(this.inObject ? "key" : "value");
      case ":":
        return this.#next("value");
      default:
        this.#next(this.#afterWord(kind));
    }
  }

  #afterWord(kind: TokenKind): Expects {
    const key = this.expects === "key" ||
      (this.inObject && this.expects === "comma" && kind === "string");
    return key ? "colon" : "comma";
  }

  #next(expects: Expects): void {
    const top = this.#open.at(-1);
    if (top === undefined) this.#atTop = "nothing";
    else top.expects = expects;
  }
}

function placeAt(text: string, offset: number): Place | undefined {
  const walk = new Walk();
  const next = tokens(text);
  let token = next();
  while (token.kind !== "end" && !reaches(token, offset)) {
    walk.take(token);
    token = next();
  }
  if (token.kind === "comment" && token.span.start < offset) return undefined;
  const word = isWord(token) && touches(token, walk, offset)
    ? token
    : undefined;
  const role = roleOf(walk);
  if (role === undefined) return undefined;
  const span = word === undefined
    ? { start: offset, end: offset }
    : { start: word.span.start, end: endOfWord(text, offset, word) };
  const late = walk.expects === "comma";
  // Directly behind a value nothing begins.
  if (late && walk.previousEnd === span.start) return undefined;
  return {
    role,
    span,
    ...(word === undefined ? {} : { word }),
    ...(late ? { commaAt: walk.previousEnd } : {}),
  };
}

/** Whether the cursor is in a token or before it. */
function reaches({ kind, span, flaw }: Token, offset: number): boolean {
  if (span.end > offset) return true;
  const open = kind === "string" ? flaw === UNCLOSED : isWord({ kind });
  const comment = kind === "comment" && flaw === undefined;
  return span.end === offset && (open || comment);
}

function isWord({ kind }: Pick<Token, "kind">): boolean {
  return ["string", "number", "literal", "unknown"].includes(kind);
}

/** A value that begins at the cursor is replaced, a key is not. */
function touches({ span }: Token, walk: Walk, offset: number): boolean {
  return span.start < offset ||
    (span.start === offset && walk.expects === "value");
}

function roleOf({ expects, inObject }: Walk): Cursor["role"] | undefined {
  if (expects === "comma") return inObject ? "key" : "value";
  return expects === "key" || expects === "value" ? expects : undefined;
}

/** End of the word; where its closing quote is rather the opening one of the next text, at the cursor. */
function endOfWord(text: string, offset: number, word: Token): number {
  if (word.kind !== "string") return word.span.end;
  const inside = Math.max(offset, word.span.start + 1);
  if (word.flaw === UNCLOSED) return wordEnd(text, inside);
  const rest = text.slice(word.span.end);
  const line = /^[ \t]*([^\s])?/.exec(rest)?.[1] ?? "";
  return line === "" || ",:]}/".includes(line)
    ? word.span.end
    : wordEnd(text, inside);
}

function slotOf(text: string, offset: number, place: Place): Slot {
  const { span, word, commaAt } = place;
  const { kind } = following(text, span.end);
  const quote = word?.kind === "string" ? '"' : "";
  const from = span.start + quote.length;
  const line = lineOf(text, span.start);
  const closed = quote !== "" && span.end > from && text[span.end - 1] === '"';
  return {
    span,
    typed: text.slice(from, Math.max(from, offset)),
    quote,
    closed,
    style: "json",
    before: "",
    ...(commaAt === undefined ? {} : { commaAt }),
    commaAfter: ["string", "number", "literal", "unknown", "{", "["]
      .includes(kind),
    colon: place.role === "key" && kind === ":",
    indent: { line, nested: line },
    inline: true,
  };
}

/** The token behind an offset, comments left out. */
function following(text: string, offset: number): Token {
  const next = tokens(text.slice(offset));
  let token = next();
  while (token.kind === "comment") token = next();
  return token;
}

function lineOf(text: string, offset: number): number {
  const start = lineStarts(text.slice(0, offset)).at(-1) ?? 0;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0].length ?? 0;
}

function marked(text: string, { span, role }: Place, slot: Slot): string {
  const before = text.slice(0, span.start);
  const mark = JSON.stringify(UNFINISHED);
  const value = role === "key" && !slot.colon ? ": null" : "";
  return [
    slot.commaAt === undefined
      ? before
      : `${before.slice(0, slot.commaAt)},${before.slice(slot.commaAt)}`,
    mark,
    value,
    slot.commaAfter ? "," : "",
    text.slice(span.end),
  ].join("");
}

import type { Span } from "./source.ts";
import type { Comment } from "./tree.ts";

const HASH = 35;

/**
 * Walks through the text between the tokens of YAML, where only blanks, comments and indicators are,
 * and collects the comments. Positions only go forward, so that a whole document is walked once.
 */
export class YamlGaps {
  readonly comments: Comment[] = [];
  readonly #text: string;
  #at = 0;
  /** The first `#` from where it was last looked for. */
  #hash = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** End of what has been walked through. */
  get at(): number {
    return this.#at;
  }

  /** Walks up to where a token starts. */
  to(start: number): void {
    while (this.#at < start) {
      this.#at = Math.min(start, this.#nextHash());
      if (this.#at === start) return;
      if (this.#startsComment()) this.#comment();
      else this.#at++;
    }
  }

  #nextHash(): number {
    if (this.#hash < this.#at) {
      const found = this.#text.indexOf("#", this.#at);
      this.#hash = found < 0 ? Infinity : found;
    }
    return this.#hash;
  }

  /** Walks over a token. */
  past(end: number): void {
    this.#at = Math.max(this.#at, end);
  }

  /** Walks to the first of some characters that is no part of a comment, at most up to `limit`. */
  seek(characters: string, limit: number): number {
    while (this.#at < limit) {
      if (this.#startsComment()) this.#comment();
      else if (characters.includes(this.#text.charAt(this.#at))) break;
      else this.#at++;
    }
    return this.#at;
  }

  /** Walks over blanks, comments and, if they come next, one of some indicators; answers the end. */
  over(indicators: string): number {
    const from = this.#at;
    while (this.#at < this.#text.length) {
      if (this.#startsComment()) this.#comment();
      else if (/\s/.test(this.#text.charAt(this.#at))) this.#at++;
      else break;
    }
    const next = this.#text.charAt(this.#at);
    if (next !== "" && indicators.includes(next)) return ++this.#at;
    return from;
  }

  #startsComment(): boolean {
    return this.#text.charCodeAt(this.#at) === HASH &&
      (this.#at === 0 || /\s/.test(this.#text.charAt(this.#at - 1)));
  }

  #comment(): void {
    const rest = /[\r\n]/g;
    rest.lastIndex = this.#at;
    const end = rest.exec(this.#text)?.index ?? this.#text.length;
    const span: Span = { start: this.#at, end };
    const text = this.#text.slice(this.#at, end).replace(/^#+/, "").trim();
    this.comments.push({ span, text });
    this.#at = end;
  }
}

/** What stands where the cursor is in YAML, found by reading the text before it, which need not be right. */
export interface YamlPlace {
  /** Brackets that are open, innermost last. */
  readonly flow: readonly Bracket[];
  /** What stands directly before: nothing on the line but blanks and dashes, a colon, a comma or bracket. */
  readonly after: After;
  /** The scalar at the cursor. */
  readonly word?: Scalar;
  /** Of the last dash or key before the cursor on its line, if it is not in brackets. */
  readonly column: number;
}

export type Bracket = "[" | "{";
export type After = "line" | "dash" | "colon" | "separator" | "scalar";

export interface Scalar {
  readonly start: number;
  readonly end: number;
  readonly quote: "" | '"' | "'";
  readonly closed: boolean;
}

/** Reads up to the cursor; undefined in comments and block scalars. */
export function scanYaml(text: string, offset: number): YamlPlace | undefined {
  const scan = new Scan(text, offset);
  return scan.run();
}

/** Sticky patterns, matched where the scan is. */
const BLANKS = /[ \t]*/y;
const PROPERTY = /[&!*][^\s,[\]{}]*/y;
const BLOCK_SCALAR = /[|>][-+0-9]*[ \t]*(?:#.*)?(?=[\r\n]|$)/y;
const DOUBLE = /"(?:[^"\\\r\n]|\\.)*"?/y;
const SINGLE = /'(?:[^'\r\n]|'')*'?/y;
/** Up to `: `, ` #` or the end of the line; in brackets also up to an indicator. */
const PLAIN = /(?:[^\s:#]|:(?![\s]|$)|#|[ \t]+(?![\s#]|$))+/y;
const PLAIN_FLOW =
  /(?:[^\s:#,[\]{}]|:(?![\s,[\]{}]|$)|#|[ \t]+(?![\s#,[\]{}:]|$))+/y;

class Scan {
  readonly #text: string;
  readonly #offset: number;
  readonly #flow: Bracket[] = [];
  #at = 0;
  #lineStart = 0;
  #after: After = "line";
  #column = 0;
  /** Lines further in than this belong to a block scalar. */
  #blockColumn: number | undefined;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
  }

  run(): YamlPlace | undefined {
    for (;;) {
      const found = this.#line();
      if (found !== undefined) return found === "none" ? undefined : found;
    }
  }

  /** Reads one line; answers when the cursor is on it. */
  #line(): YamlPlace | "none" | undefined {
    this.#lineStart = this.#at;
    if (this.#flow.length === 0) {
      this.#after = "line";
      this.#column = 0;
    }
    if (this.#inBlockScalar()) {
      const end = this.#endOfLine();
      if (this.#offset <= end) return "none";
      this.#at = this.#afterLine(end);
      return undefined;
    }
    for (;;) {
      this.#match(BLANKS);
      if (this.#at >= this.#offset) return this.#gap();
      const character = this.#text.charAt(this.#at);
      if (character === "\r" || character === "\n") {
        this.#at = this.#afterLine(this.#at);
        return undefined;
      }
      if (character === "#" && this.#isBlank(this.#at - 1)) {
        const end = this.#endOfLine();
        if (this.#offset <= end) return "none";
        this.#at = end;
        continue;
      }
      const found = this.#token(character);
      if (found !== undefined) return found;
    }
  }

  #token(character: string): YamlPlace | "none" | undefined {
    if (this.#indicator(character)) return undefined;
    const start = this.#at;
    if (this.#flow.length === 0 && this.#match(BLOCK_SCALAR)) {
      this.#blockColumn = this.#column;
      return this.#at >= this.#offset ? "none" : undefined;
    }
    if (this.#match(PROPERTY)) {
      return this.#at >= this.#offset ? "none" : undefined;
    }
    const scalar = this.#scalar(start, character);
    const inside = this.#offset < scalar.end ||
      (this.#offset === scalar.end && !scalar.closed);
    if (inside) return this.#place(scalar);
    const { after } = { after: this.#after };
    if (after === "line" || after === "dash") {
      this.#column = start - this.#lineStart;
    }
    this.#after = "scalar";
    return undefined;
  }

  /** Takes an indicator, if one stands here. */
  #indicator(character: string): boolean {
    const flow = this.#flow.length > 0;
    const next = this.#isBlank(this.#at + 1);
    if (character === "[" || character === "{") {
      // Further on in a plain text brackets are letters, which the scalar takes.
      this.#flow.push(character);
      return this.#step("separator");
    }
    if (flow && (character === "]" || character === "}")) {
      this.#flow.pop();
      return this.#step("scalar");
    }
    if (flow && character === ",") return this.#step("separator");
    if (character === ":" && (next || flow)) return this.#step("colon");
    if (!flow && next && (character === "-" || character === "?")) {
      this.#column = this.#at - this.#lineStart;
      return this.#step("dash");
    }
    return false;
  }

  #step(after: After): true {
    this.#after = after;
    this.#at++;
    return true;
  }

  #scalar(start: number, character: string): Scalar {
    const quote = character === '"' || character === "'" ? character : "";
    if (quote === "") {
      if (!this.#match(this.#flow.length > 0 ? PLAIN_FLOW : PLAIN)) this.#at++;
      return { start, end: this.#at, quote, closed: false };
    }
    this.#match(quote === '"' ? DOUBLE : SINGLE);
    const end = this.#at;
    const closed = end > start + 1 && this.#text.charAt(end - 1) === quote;
    return { start, end, quote, closed };
  }

  #gap(): YamlPlace | "none" {
    // Behind a scalar, with or without blanks, nothing begins.
    return this.#after === "scalar" ? "none" : this.#place(undefined);
  }

  #place(word: Scalar | undefined): YamlPlace {
    return {
      flow: [...this.#flow],
      after: this.#after,
      column: this.#column,
      ...(word === undefined ? {} : { word }),
    };
  }

  #inBlockScalar(): boolean {
    if (this.#blockColumn === undefined) return false;
    BLANKS.lastIndex = this.#at;
    const blanks = BLANKS.exec(this.#text)?.[0].length ?? 0;
    const end = this.#endOfLine();
    const empty = this.#at + blanks >= end;
    // On an empty line the place of the cursor tells whether it is still inside.
    const column = empty && this.#offset <= end
      ? this.#offset - this.#at
      : empty
      ? Infinity
      : blanks;
    if (column > this.#blockColumn) return true;
    this.#blockColumn = undefined;
    return false;
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined || found === "") return false;
    this.#at += found.length;
    return true;
  }

  #isBlank(at: number): boolean {
    return at < 0 || at >= this.#text.length ||
      " \t\r\n".includes(this.#text.charAt(at));
  }

  #endOfLine(): number {
    let end = this.#at;
    while (
      end < this.#text.length && !"\r\n".includes(this.#text.charAt(end))
    ) {
      end++;
    }
    return end;
  }

  #afterLine(end: number): number {
    return this.#text.startsWith("\r\n", end) ? end + 2 : end + 1;
  }
}

import type { Diagnostic } from "./diagnostic.ts";
import { JsonFrames } from "./json_frames.ts";
import * as say from "./json_problems.ts";
import { type Token, tokens, UNCLOSED } from "./json_tokens.ts";
import { MAX_DEPTH, type Source } from "./source.ts";
import type { Comment, Tree } from "./tree.ts";

/** Broken text makes one mistake after another; at this many, reading ends. */
const MAX_MISTAKES = 100;

/**
 * Reads JSON or JSONC into a tree, token by token without recursion, and goes on after mistakes. What
 * it reads from valid JSON is what `JSON.parse` reads.
 */
export function readJson(source: Source): Tree {
  const reader = new JsonReader(source);
  return reader.read();
}

class JsonReader {
  readonly #source: Source;
  readonly #next: () => Token;
  readonly #frames: JsonFrames;
  readonly #problems: Diagnostic[] = [];
  readonly #comments: Comment[] = [];
  #mistakes = 0;
  /** Mistakes after which it is not sure what was meant. */
  #doubts = 0;
  #ended = false;
  /** End of the token before, where a missing comma or colon belongs. */
  #previousEnd = 0;

  constructor(source: Source) {
    this.#source = source;
    this.#next = tokens(source.text);
    this.#frames = new JsonFrames(this.#problems);
  }

  read(): Tree {
    let token = this.#next();
    while (token.kind !== "end" && !this.#ended) {
      this.#take(token);
      if (token.kind !== "comment") this.#previousEnd = token.span.end;
      // Where an unclosed text should have ended is anybody's guess.
      if (token.kind === "string" && token.flaw === UNCLOSED) this.#end();
      token = this.#next();
    }
    this.#finish(token);
    const root = this.#frames.root;
    return {
      source: this.#source,
      ...(root === undefined ? {} : { root }),
      problems: say.inDoubt(this.#problems),
      comments: this.#comments,
      complete: this.#doubts === 0 && !this.#ended,
    };
  }

  #take(token: Token): void {
    if (token.flaw !== undefined) this.#broken(say.flaw, token);
    switch (token.kind) {
      case "comment":
        return this.#comment(token);
      case "{":
      case "[":
        return this.#open(token);
      case "}":
      case "]":
        return this.#close(token);
      case ",":
        return this.#comma(token);
      case ":":
        return this.#colon(token);
      default:
        return this.#word(token);
    }
  }

  #comment({ span }: Token): void {
    const text = commentText(this.#source.text.slice(span.start, span.end));
    this.#comments.push({ span, text });
    const told = this.#comments.length > MAX_MISTAKES;
    if (this.#source.language === "json" && !told) {
      this.#problems.push(say.comment({ span, pointer: this.#pointer }));
    }
  }

  #open(token: Token): void {
    if (!this.#beforeValue(token)) return;
    if (this.#frames.depth < MAX_DEPTH) return this.#frames.open(token);
    this.#broken(say.tooDeep, token);
    this.#skipNested();
    this.#frames.scalar(null, token.span);
  }

  #skipNested(): void {
    for (let depth = 1; depth > 0;) {
      const { kind } = this.#next();
      if (kind === "end") return this.#end();
      if (kind === "{" || kind === "[") depth++;
      if (kind === "}" || kind === "]") depth--;
    }
  }

  #close(token: Token): void {
    const frames = this.#frames;
    const shape = token.kind === "}" ? "object" : "array";
    if (!frames.has(shape)) return this.#broken(say.strayClose, token);
    while (frames.top?.kind !== shape) {
      this.#broken(say.wrongClose, token);
      frames.close(token.span.start);
    }
    const expects = frames.top.expects;
    if (expects === "value" && frames.top.kind === "object") {
      this.#broken(say.missingValue, token);
    } else if (expects === "colon") this.#broken(say.missingColon, token);
    else if (expects === "key" || expects === "value") this.#trailingComma();
    frames.close(token.span.end);
  }

  #trailingComma(): void {
    if (this.#source.language === "jsonc") return;
    const comma = this.#source.text.lastIndexOf(",", this.#previousEnd - 1);
    this.#problems.push(say.trailingComma({
      span: { start: comma, end: comma + 1 },
      pointer: this.#pointer,
    }));
  }

  #comma(token: Token): void {
    const top = this.#frames.top;
    if (top === undefined) return this.#afterEnd(token);
    if (top.expects !== "comma") {
      // After a key it is something else that is missing.
      const alone = top.kind === "array" ||
        !/^(?:colon|value)$/.test(top.expects);
      this.#broken(alone ? say.extraComma : say.strayComma, token);
    }
    top.expects = top.kind === "object" ? "key" : "value";
  }

  #colon(token: Token): void {
    const top = this.#frames.top;
    if (top?.expects !== "colon") return this.#broken(say.strayColon, token);
    top.expects = "value";
  }

  /** A text, number, literal or a word that JSON does not know. */
  #word(token: Token): void {
    const top = this.#frames.top;
    if (top?.kind === "object" && expectsKey(top.expects, token)) {
      if (top.expects === "comma") this.#missingComma(token);
      else if (token.kind !== "string") this.#broken(say.badKey, token);
      return this.#frames.key(token);
    }
    if (!this.#beforeValue(token)) return;
    if (token.kind === "unknown") this.#broken(say.unknownWord, token);
    this.#frames.word(token);
  }

  /** Whether a value may be taken here; says what is missing before it. */
  #beforeValue(token: Token): boolean {
    const top = this.#frames.top;
    if (top === undefined) {
      if (this.#frames.root === undefined) return true;
      this.#afterEnd(token);
      return false;
    }
    if (top.expects === "comma") this.#missingComma(token);
    if (top.expects === "colon") this.#missing(say.colonBefore, token);
    if (top.expects === "key" || top.expects === "first key") {
      this.#broken(say.badKey, token);
    }
    return true;
  }

  /** Between two values that are right nothing else can be missing. */
  #missingComma(token: Token): void {
    const sure = token.kind !== "unknown" && token.flaw === undefined;
    this.#missing(say.commaBefore, token);
    if (sure) this.#doubts--;
    const top = this.#frames.top;
    if (top !== undefined) {
      top.expects = top.kind === "object" ? "key" : "value";
    }
  }

  #missing(finding: typeof say.commaBefore, token: Token): void {
    const place = { span: token.span, pointer: this.#pointer };
    this.#mistake(finding(token, { ...place, at: this.#previousEnd }));
  }

  #afterEnd(token: Token): void {
    this.#broken(say.afterEnd, token);
    this.#end();
  }

  #end(): void {
    this.#ended = true;
  }

  #broken(finding: typeof say.badKey, token: Token): void {
    const place = { span: token.span, pointer: this.#pointer };
    this.#mistake(finding(token, place));
  }

  #mistake(problem: Diagnostic): void {
    this.#problems.push(problem);
    this.#doubts++;
    if (++this.#mistakes >= MAX_MISTAKES) this.#end();
  }

  /** Closes what the text left open, telling once. */
  #finish(token: Token): void {
    const top = this.#frames.top;
    if (top !== undefined && !this.#ended) {
      const opening = { start: top.start, end: top.start + 1 };
      this.#mistake(say.unclosed(top.kind === "object" ? "{" : "[", {
        span: { start: this.#previousEnd, end: this.#previousEnd },
        pointer: this.#pointer,
        opening,
        closers: this.#mistakes === 0 ? this.#frames.closers : undefined,
      }));
    }
    while (this.#frames.top !== undefined) this.#frames.close(token.span.end);
    this.#problems.sort((a, b) => a.span.start - b.span.start);
  }

  get #pointer(): string {
    return this.#frames.pointer();
  }
}

function expectsKey(expects: string, token: Token): boolean {
  return expects === "key" || expects === "first key" ||
    (expects === "comma" && ["string", "unknown"].includes(token.kind));
}

function commentText(text: string): string {
  return text.replace(/^\/[/*]+/, "").replace(/\*+\/$/, "").trim();
}

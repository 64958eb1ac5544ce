import { AHEAD } from "./compact.ts";

/** Where a function stands in a text: from its first character to behind its last. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Puts functions at some places into marked parentheses, by which V8 compiles them together with what they stand in.
 * It does so for function expressions and for arrow functions that are not `async`; so methods of object literals and
 * `async` arrow functions become function expressions, unless they mean the `this` around them. What cannot become one
 * stays: methods of classes, and declarations, which are known before they are reached.
 */
export function parenthesize(text: string, places: readonly Place[]): string {
  const edits = places.flatMap((place) => editsFor(text, place));
  let done = "";
  let at = 0;
  for (const edit of edits.sort(compareEdits)) {
    done += text.slice(at, edit.at) + edit.insert;
    at = edit.at + edit.remove;
  }
  return done + text.slice(at);
}

interface Edit {
  readonly at: number;
  /** How many characters. */
  readonly remove: number;
  readonly insert: string;
  /** Where its function begins. */
  readonly start: number;
}

/** Of functions that end together the inner ones end first. */
function compareEdits(a: Edit, b: Edit): number {
  return a.at - b.at || b.start - a.start;
}

function editsFor(text: string, place: Place): readonly Edit[] {
  const method = methodAt(text, place);
  if (method !== undefined) return method;
  const start = expressionStart(text, place);
  if (start === undefined) return [];
  return asyncArrow(text, { start, end: place.end }) ?? [
    { at: start, remove: 0, insert: `${AHEAD}(`, start },
    { at: place.end, remove: 0, insert: ")", start },
  ];
}

/** A method of an object literal, as a property that is a function. */
function methodAt(
  text: string,
  { start, end }: Place,
): readonly Edit[] | undefined {
  const [head = "", async = "", name = ""] =
    /^(async\b\s*(?!\())?([\w$]+|\[[\w$.]+\])(?=\()/
      .exec(text.slice(start, end)) ?? [];
  if (
    NOT_METHODS.includes(name) || !IN_LITERAL.test(before(text, start))
  ) {
    return undefined;
  }
  const code = text.slice(start, end);
  if (/\bsuper\b/.test(code) || isArrow(code.replace(/^async/, ""))) {
    return undefined;
  }
  const insert = `${name}: ${AHEAD}(${async.trim()} function`;
  return [
    { at: start, remove: head.length, insert, start },
    { at: end, remove: 0, insert: ")", start },
  ];
}

/** What is no name of a method, or means something else as that of a property. */
const NOT_METHODS = ["", "function", "__proto__"];

/** What stands before a method of an object literal, and before none of a class. */
const IN_LITERAL = /(?:,|(?:[=(,:?[]|&&|\|\||\breturn)\s*\{)\s*$/;

function before(text: string, at: number): string {
  return text.slice(Math.max(0, at - 200), at);
}

/** An `async` arrow function, as a function; undefined for others, and for one that means what is around it. */
function asyncArrow(
  text: string,
  { start, end }: Place,
): readonly Edit[] | undefined {
  const code = text.slice(start, end);
  const [async = ""] = /^async\b\s*(?!function\b)/.exec(code) ?? [];
  if (async === "" || OUTER.test(code)) return undefined;
  const rest = code.slice(async.length);
  const close = rest.startsWith("(") ? closing(rest) : undefined;
  const parameters = close === undefined
    ? /^[\w$]+/.exec(rest)?.[0] ?? ""
    : rest.slice(1, close);
  const from = close === undefined ? parameters.length : close + 1;
  const [arrow = ""] = /^\s*=>\s*/.exec(rest.slice(from)) ?? [];
  if (arrow === "") return undefined;
  const at = async.length + from;
  const isBlock = rest.startsWith("{", from + arrow.length);
  const open = close === undefined ? `(${parameters})` : "";
  return [
    {
      at: start,
      remove: close === undefined ? at : async.length,
      insert: `${AHEAD}(async function${open}`,
      start,
    },
    {
      at: start + at,
      remove: arrow.length,
      insert: isBlock ? " " : " { return (",
      start,
    },
    { at: end, remove: 0, insert: isBlock ? ")" : "); })", start },
  ];
}

/** What an arrow function takes from what is around it. */
const OUTER = /\b(?:this|arguments|super|new\.target)\b/;

/** Where the expression begins; undefined when it is none. */
function expressionStart(
  text: string,
  { start, end }: Place,
): number | undefined {
  const ahead = before(text, start);
  const async = /\basync\s*$/.exec(ahead)?.[0].length ?? 0;
  const code = text.slice(start - async, end);
  const isExpression = /^(?:async\s+)?function\b/.test(code)
    ? /(?:[=(,:?[]|=>|&&|\|\||\breturn)\s*$/.test(ahead)
    : isArrow(code.replace(/^async\b\s*/, ""));
  return isExpression ? start - async : undefined;
}

function isArrow(code: string): boolean {
  if (!code.startsWith("(")) return /^[\w$]+\s*=>/.test(code);
  const close = closing(code);
  return close !== undefined && /^\s*=>/.test(code.slice(close + 1));
}

/** Where the parenthesis is closed that a code begins with; undefined when that cannot be told. */
function closing(code: string): number | undefined {
  let depth = 0;
  for (const { 0: token, index } of code.matchAll(TOKEN)) {
    if (token === "/" || token === "`") return undefined;
    if (token === "(") depth++;
    if (token === ")" && --depth === 0) return index;
  }
  return undefined;
}

/** What opens and closes, and what may hide that: plain strings are skipped, others not looked into. */
const TOKEN = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[()/`]/g;

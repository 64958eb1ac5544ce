import { AHEAD } from "./compact.ts";

/** Where a function stands in a text: from its first character to behind its last. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Puts arrow functions and function expressions at some places into marked parentheses, by which V8 compiles them together with
 * what they stand in. What cannot be put into parentheses stays: methods, and declarations, which are known before
 * they are reached.
 */
export function parenthesize(text: string, places: readonly Place[]): string {
  const marks = places.flatMap((place) => {
    const start = expressionStart(text, place);
    return start === undefined
      ? []
      : [{ at: start, mark: `${AHEAD}(` }, { at: place.end, mark: ")" }];
  });
  let done = "";
  let at = 0;
  for (const mark of marks.sort((a, b) => a.at - b.at)) {
    done += text.slice(at, mark.at) + mark.mark;
    at = mark.at;
  }
  return done + text.slice(at);
}

/** Where the expression begins; undefined when it is none. */
function expressionStart(
  text: string,
  { start, end }: Place,
): number | undefined {
  const before = text.slice(Math.max(0, start - 200), start);
  const async = /\basync\s*$/.exec(before)?.[0].length ?? 0;
  const code = text.slice(start - async, end);
  const isExpression = /^(?:async\s+)?function\b/.test(code)
    ? /(?:[=(,:?[]|=>|&&|\|\||\breturn)\s*$/.test(before)
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

/** Keys at the top of a document with how their values begin, as far as a piece of its text shows them. */
export type TopKeys = ReadonlyMap<string, string>;

/**
 * Finds the keys at the top of JSON or YAML by looking over the text once, without reading it: an editor asks it of
 * every file. What is not well-formed may be seen otherwise than it is meant.
 */
export function topKeys(text: string): TopKeys {
  const start = /^(?:\s|#.*|\/\/.*|\/\*[^]*?\*\/|---.*)*/.exec(text)?.[0] ?? "";
  const body = text.slice(start.length);
  return body.startsWith("{") ? inBraces(body) : inBlock(body);
}

/** Keys of YAML that stand as far left as the first one. */
function inBlock(text: string): TopKeys {
  const keys = new Map<string, string>();
  for (const [, , key = "", value = ""] of text.matchAll(BLOCK_KEY)) {
    keys.set(key, value.trim());
  }
  return keys;
}

const BLOCK_KEY = /^(["']?)([\w$-]+)\1\s*:(?=\s|$)(.*)$/gm;

const TOKEN =
  /"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?|\/\/.*|\/\*[^]*?(?:\*\/|$)|[{}[\]:,]|[^\s"'{}[\]:,]+/g;

/** Keys at the first level of braces, quoted or not. */
function inBraces(text: string): TopKeys {
  const keys = new Map<string, string>();
  let depth = 0;
  let before = "";
  let key: string | undefined;
  for (const [token] of text.matchAll(TOKEN)) {
    if (/^\/[/*]/.test(token)) continue;
    if (depth === 1 && token === ":") keys.set(key = unquoted(before), "");
    else if (key !== undefined && depth === 1 && before === ":") {
      keys.set(key, unquoted(token));
    }
    if (/^[{[]$/.test(token)) depth++;
    if (/^[}\]]$/.test(token)) depth--;
    before = token;
  }
  return keys;
}

function unquoted(token: string): string {
  return /^(["'])(.*)\1$/.exec(token)?.[2] ?? token;
}

/** A canonical absolute path under `/artifacts/` or `/streams/`. */
export type WorldPath = string & { readonly worldPath: unique symbol };

/** A world path that ends in `/`. */
export type WritePrefix = WorldPath & { readonly writePrefix: unique symbol };

/** Why a text is no world path; every code is in the catalogue. */
export interface WorldPathProblem {
  readonly code:
    | "ERR_BAD_FACET"
    | "ERR_PATH_TOO_LONG"
    | "ERR_PERCENT_DECODE"
    | "ERR_DECODED_SLASH"
    | "ERR_DOT_SEGMENTS"
    | "ERR_SEGMENT_TOO_LONG"
    | "ERR_FORBIDDEN_SEGMENT"
    | "ERR_PREFIX_TEMPLATE";
  readonly message: string;
  /** The state found, the last part of the message. */
  readonly found: string;
}

export type WorldPathResult<T extends WorldPath> =
  | { readonly ok: true; readonly path: T }
  | { readonly ok: false; readonly problem: WorldPathProblem };

const MAX_PATH = 1024;
const MAX_SEGMENT = 255;
const FORBIDDEN = new Set([".git", ".well-known"]);
const ROOTS = ["/artifacts/", "/streams/"];

/**
 * Brings a text into canonical form: NFC, one percent-decode, `//` collapsed, case and a trailing
 * slash kept. The rules are those of protocols.md 5.4 (b), with `%2F` rejected as documented there.
 * Canonical paths stay as they are, except that one holding a literal `%` is decoded again.
 */
export function parseWorldPath(text: string): WorldPathResult<WorldPath> {
  if (!text.startsWith("/")) {
    return bad("ERR_BAD_FACET", text, 'it does not start with "/"');
  }
  if (text.length > MAX_PATH) {
    return bad(
      "ERR_PATH_TOO_LONG",
      `${text.slice(0, 40)}…`,
      `it has ${text.length} characters, limit ${MAX_PATH}`,
    );
  }
  const decoded = decodeOnce(text);
  if (!decoded.ok) return decoded;
  const path = decoded.path.normalize("NFC").replaceAll(/\/{2,}/g, "/");
  return segmentProblem(path) ?? rootProblem(path) ??
    { ok: true, path: path as WorldPath };
}

function decodeOnce(text: string): WorldPathResult<WorldPath> {
  if (/%2f/i.test(text)) {
    return bad("ERR_DECODED_SLASH", text, 'a segment holds an encoded "/"');
  }
  try {
    const path = decodeURIComponent(text);
    // deno-fmt-ignore -- one line
    // deno-lint-ignore no-control-regex
    if (/[\u0000-\u001f\u007f\\]/.test(path)) return bad("ERR_PERCENT_DECODE", text, "it holds a control character or a backslash");
    return { ok: true, path: path as WorldPath };
  } catch {
    return bad("ERR_PERCENT_DECODE", text, "a % escape is not valid UTF-8");
  }
}

function segmentProblem(path: string): WorldPathResult<WorldPath> | undefined {
  for (const segment of path.split("/")) {
    if (segment === "." || segment === "..") {
      return bad("ERR_DOT_SEGMENTS", path, `it has a "${segment}" segment`);
    }
    if (segment.length > MAX_SEGMENT) {
      return bad(
        "ERR_SEGMENT_TOO_LONG",
        `${segment.slice(0, 40)}…`,
        `a segment has ${segment.length} characters, limit ${MAX_SEGMENT}`,
      );
    }
    if (FORBIDDEN.has(segment)) {
      return bad("ERR_FORBIDDEN_SEGMENT", path, `"${segment}" is reserved`);
    }
  }
  return undefined;
}

function rootProblem(path: string): WorldPathResult<WorldPath> | undefined {
  if (ROOTS.some((root) => path.startsWith(root))) return undefined;
  return bad(
    "ERR_BAD_FACET",
    path,
    'it is not under "/artifacts/" or "/streams/"',
  );
}

/**
 * Expands `{execution_id}` and checks that the result is a world path below `/artifacts/` that ends
 * in `/`. Any other `{…}` is `ERR_PREFIX_TEMPLATE`.
 */
export function expandWritePrefix(
  template: string,
  executionId: string,
): WorldPathResult<WritePrefix> {
  const expanded = template.replaceAll("{execution_id}", executionId);
  const left = /\{[^}]*\}/.exec(expanded);
  if (left) {
    return badPrefix(
      template,
      `"${left[0]}" is not known, only "{execution_id}" is`,
    );
  }
  if (!expanded.endsWith("/")) {
    return badPrefix(template, 'it does not end in "/"');
  }
  const result = parseWorldPath(expanded);
  if (!result.ok) return result;
  if (!result.path.startsWith("/artifacts/") || result.path === "/artifacts/") {
    return badPrefix(template, 'it is not below "/artifacts/"');
  }
  return { ok: true, path: result.path as WritePrefix };
}

/** The world path of an output: a write prefix and a path relative to it. */
export function underPrefix(
  prefix: WritePrefix,
  relative: string,
): WorldPathResult<WorldPath> {
  if (relative.startsWith("/") || relative === "") {
    return bad(
      "ERR_BAD_FACET",
      relative,
      "an output is named relative to the write prefix",
    );
  }
  return parseWorldPath(`${escapeForWorldPath(prefix)}${relative}`);
}

/** The world path of a name taken as it is: `%` is escaped first, so that nothing is decoded. */
export function escapeForWorldPath(name: string): string {
  return name.replaceAll("%", "%25");
}

function bad(
  code: WorldPathProblem["code"],
  value: string,
  found: string,
): { readonly ok: false; readonly problem: WorldPathProblem } {
  return {
    ok: false,
    problem: {
      code,
      message: `Cannot use world path "${value}": ${found}`,
      found,
    },
  };
}

function badPrefix(value: string, found: string) {
  const message = `Cannot use write prefix "${value}": ${found}`;
  return {
    ok: false,
    problem: { code: "ERR_PREFIX_TEMPLATE", message, found },
  } as const;
}

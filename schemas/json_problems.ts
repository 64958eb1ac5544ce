import { diagnose } from "./diagnose.ts";
import type { Diagnostic, Fix } from "./diagnostic.ts";
import type { Token } from "./json_tokens.ts";
import { nearest } from "./nearest.ts";
import { MAX_DEPTH, type Span } from "./source.ts";
import { shortText } from "./tree_rules.ts";

interface Where {
  readonly span: Span;
  readonly pointer: string;
}

/** Where something is missing: the token that stands there, and the end of the one before. */
interface Gap extends Where {
  readonly at: number;
}

export function comment(where: Where): Diagnostic {
  return syntax("Cannot read a comment: JSON has none", where, {
    expected: "JSON without comments, or a file named .jsonc",
    fix: edit("Remove the comment", where.span, ""),
  });
}

export function trailingComma(where: Where): Diagnostic {
  return syntax('Cannot read ",": nothing follows it', where, {
    fix: edit("Remove the comma", where.span, ""),
  });
}

export function commaBefore(token: Token, gap: Gap): Diagnostic {
  return syntax(
    `Cannot read ${shown(token)}: a comma is missing before it`,
    gap,
    {
      fix: edit("Add a comma", { start: gap.at, end: gap.at }, ","),
    },
  );
}

export function colonBefore(token: Token, gap: Gap): Diagnostic {
  return syntax(
    `Cannot read ${shown(token)}: a colon is missing before it`,
    gap,
    {
      fix: edit("Add a colon", { start: gap.at, end: gap.at }, ":"),
    },
  );
}

export function flaw(token: Token, where: Where): Diagnostic {
  return syntax(
    `Cannot read ${shown(token)}: ${token.flaw ?? "it is damaged"}`,
    where,
  );
}

export function tooDeep(_token: Token, where: Where): Diagnostic {
  return diagnose(
    "ERR_DEPTH",
    `Cannot read this level: the document is nested deeper than ${MAX_DEPTH} levels`,
    where,
  );
}

export function strayClose(token: Token, where: Where): Diagnostic {
  return syntax(`Cannot read ${shown(token)}: nothing is open`, where);
}

export function wrongClose(token: Token, where: Where): Diagnostic {
  const expected = token.kind === "}" ? '"]"' : '"}"';
  return syntax(`Cannot read ${shown(token)}: ${expected} comes first`, where, {
    expected,
  });
}

export function missingValue(token: Token, where: Where): Diagnostic {
  return syntax(`Cannot read ${shown(token)}: the key has no value`, where, {
    expected: "a value",
  });
}

export function missingColon(token: Token, where: Where): Diagnostic {
  return syntax(
    `Cannot read ${shown(token)}: the key has no colon and no value`,
    where,
    { expected: '":" and a value' },
  );
}

export function strayComma(token: Token, where: Where): Diagnostic {
  return syntax(`Cannot read ${shown(token)}: nothing stands before it`, where);
}

/** A comma that can go. */
export function extraComma(token: Token, where: Where): Diagnostic {
  const fixes = [edit("Remove the comma", where.span, "")];
  return { ...strayComma(token, where), fixes };
}

export function strayColon(token: Token, where: Where): Diagnostic {
  return syntax(
    `Cannot read ${shown(token)}: it does not follow a key`,
    where,
  );
}

export function badKey(token: Token, where: Where): Diagnostic {
  const word = /^[\w$-]+$/.test(token.text) || /^'.*'$/.test(token.text);
  const bare = token.text.replace(/^'(.*)'$/, "$1");
  return syntax(`Cannot read ${shown(token)}: it is not a key`, where, {
    expected: "a key in double quotes",
    ...(word
      ? {
        fix: edit(`Write ${shortText(bare)}`, where.span, JSON.stringify(bare)),
      }
      : {}),
  });
}

export function unknownWord(token: Token, where: Where): Diagnostic {
  const quoted = /^'([^"\\]*)'$/.exec(token.text)?.[1];
  if (quoted !== undefined) {
    return syntax(
      `Cannot read ${shown(token)}: text stands in double quotes`,
      where,
      {
        fix: edit(
          `Write ${shortText(quoted)}`,
          where.span,
          JSON.stringify(quoted),
        ),
      },
    );
  }
  const near = nearest(token.text, ["true", "false", "null"]) ??
    (token.text === "None" ? "null" : undefined);
  return syntax(
    `Cannot read ${shown(token)}: it is no value${
      near === undefined ? "" : `, did you mean ${near}`
    }`,
    where,
    {
      expected: "text in double quotes, a number, true, false, null, { or [",
      ...(near === undefined
        ? {}
        : { fix: edit(`Write ${near}`, where.span, near) }),
    },
  );
}

export function afterEnd(token: Token, where: Where): Diagnostic {
  return syntax(
    `Cannot read ${shown(token)}: the document has ended before it`,
    where,
    { expected: "one value" },
  );
}

export function unclosed(
  opener: "{" | "[",
  { opening, closers, ...where }: Where & {
    readonly opening: Span;
    /** What closes everything that is open, if nothing else is missing. */
    readonly closers: string | undefined;
  },
): Diagnostic {
  return {
    ...syntax(`Cannot read to the end: "${opener}" is not closed`, where, {
      expected: opener === "{" ? '"}"' : '"]"',
      ...(closers === undefined ? {} : {
        fix: {
          ...edit(`Add ${shortText(closers)} at the end`, where.span, closers),
          choice: true,
        },
      }),
    }),
    related: [{ message: "It opens here", span: opening }],
  };
}

/**
 * After a mistake that nothing mends, a quote too few say, others may be there because of it alone: then none is mended
 * unasked.
 */
export function inDoubt(
  problems: readonly Diagnostic[],
): readonly Diagnostic[] {
  const lost = problems.some(({ code, fixes }) =>
    code === "ERR_SYNTAX" && fixes === undefined
  );
  if (!lost) return problems;
  return problems.map((each) =>
    each.code !== "ERR_SYNTAX" || each.fixes === undefined ? each : {
      ...each,
      fixes: each.fixes.map((fix) => ({ ...fix, choice: true as const })),
    }
  );
}

function syntax(
  message: string,
  { span, pointer }: Where,
  more: { readonly expected?: string; readonly fix?: Fix } = {},
): Diagnostic {
  return diagnose("ERR_SYNTAX", message, {
    span,
    pointer,
    ...(more.expected === undefined ? {} : { expected: more.expected }),
    ...(more.fix === undefined ? {} : { fixes: [more.fix] }),
  });
}

function edit(title: string, span: Span, text: string): Fix {
  return { title, edits: [{ span, text }] };
}

function shown(token: Token): string {
  const { kind, text } = token;
  return shortText(kind === "string" || text !== "" ? text : kind);
}

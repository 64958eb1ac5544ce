import { diagnose } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { nearest } from "./nearest.ts";
import { MAX_DEPTH, type Span } from "./source.ts";
import { shortText } from "./tree_rules.ts";
import type { Node } from "./tree.ts";
import type { KeyPlace, TagPlace } from "./yaml_events.ts";

interface Where {
  readonly span: Span;
  readonly pointer: string;
}

export function severalDocuments(span: Span): Diagnostic {
  return diagnose(
    "ERR_YAML_UNSUPPORTED",
    'Cannot read beyond "---": a second document begins',
    { span, expected: "one document in a file" },
  );
}

export function tagDirective(span: Span): Diagnostic {
  return diagnose(
    "ERR_YAML_UNSUPPORTED",
    'Cannot read "%TAG": tags of your own have no form in JSON',
    { span },
  );
}

export function unreadTag(
  { start, end, next }: TagPlace,
  { tag, known, pointer }: {
    readonly tag: string;
    /** Whether the tag is one of the core schema, and only the value does not fit. */
    readonly known: boolean;
    readonly pointer: string;
  },
): Diagnostic {
  const found = known
    ? "the value is not of that type"
    : "it has no form in JSON";
  return diagnose(
    "ERR_YAML_UNSUPPORTED",
    `Cannot read tag ${shortText(tag)}: ${found}`,
    {
      span: { start, end },
      pointer,
      expected:
        "no tag, or !!str, !!int, !!float, !!bool, !!null, !!map, !!seq",
      fixes: [{
        title: "Remove the tag",
        edits: [{ span: { start, end: next }, text: "" }],
        choice: true,
      }],
    },
  );
}

export function recursiveAlias(name: string, where: Where): Diagnostic {
  return diagnose(
    "ERR_YAML_UNSUPPORTED",
    `Cannot read alias "*${name}": it stands inside the value that it names`,
    where,
  );
}

export function unknownAlias(
  name: string,
  { known, ...where }: Where & { readonly known: Iterable<string> },
): Diagnostic {
  const near = nearest(name, known);
  return diagnose(
    "ERR_SYNTAX",
    `Cannot read alias "*${name}": no anchor before it has this name${
      near === undefined ? "" : `, did you mean "*${near}"`
    }`,
    {
      ...where,
      ...(near === undefined ? {} : {
        fixes: [{
          title: `Write *${near}`,
          edits: [{ span: where.span, text: `*${near}` }],
        }],
      }),
    },
  );
}

export function expansion(where: Where): Diagnostic {
  return diagnose(
    "ERR_ALIAS_EXPANSION",
    "Cannot read this alias: the aliases stand for more than 1,000,000 values",
    where,
  );
}

export function tooDeep(where: Where): Diagnostic {
  return diagnose(
    "ERR_DEPTH",
    `Cannot read this level: the document is nested deeper than ${MAX_DEPTH} levels`,
    where,
  );
}

export function keyNotText(
  node: Node,
  { text, tagged, ...where }: KeyPlace & { readonly pointer: string },
): Diagnostic {
  const scalar = node.kind === "scalar";
  const found = scalar
    ? `it is ${kindOf(node.value)}, not text`
    : `it is a ${node.kind === "array" ? "list" : "map"}, not text`;
  return diagnose(
    "ERR_YAML_UNSUPPORTED",
    `Cannot read key ${shortText(text)}: ${found}`,
    {
      ...where,
      expected: "a key that is text",
      ...(scalar && text !== "" && !tagged
        ? {
          fixes: [{
            title: `Write ${shortText(text)}`,
            edits: [{ span: where.span, text: JSON.stringify(text) }],
          }],
        }
        : {}),
    },
  );
}

function kindOf(value: string | number | boolean | null): string {
  return value === null ? "null" : `a ${typeof value}`;
}

import type { Edit, Fix } from "../diagnostic.ts";
import { lineEnd, lineStart, newline } from "../line_ends.ts";
import type { Source } from "../source.ts";
import type { ObjectNode, Property } from "../tree.ts";
import { endOfValue } from "../value_end.ts";

export interface WrapOptions {
  /** Which keys go into `params`. */
  readonly isParam: (property: Property) => boolean;
  /** Whether `schema: v1` is added too. */
  readonly withVersion: boolean;
}

/** A fix that moves keys of the document into `params`, as JSON or YAML is written. */
export function wrapFix(
  source: Source,
  root: ObjectNode,
  options: WrapOptions,
): Fix {
  const braces = source.text.charAt(root.span.start) === "{";
  const edit = braces
    ? wrapBraces(source, root, options)
    : wrapBlock(source, root, options);
  return { title: 'Wrap the payload in "params"', edits: [edit] };
}

function wrapBraces(
  { text }: Source,
  root: ObjectNode,
  { isParam, withVersion }: WrapOptions,
): Edit {
  const { pairs, open, close } = bracedParts(text, root);
  const line = lineOf(open);
  const others = pairs.filter(({ each }) => !isParam(each));
  const params = pairs.filter(({ each }) => isParam(each));
  const inner = params.map(({ written }) =>
    line === "" ? written : `${line}  ${written.replaceAll("\n", "\n  ")}`
  );
  const all = [
    ...(withVersion ? ['"schema": "v1"'] : []),
    ...others.map(({ written }) => written),
    `"params": {${inner.join(line === "" ? ", " : ",")}${line}}`,
  ];
  const separator = line === "" ? ", " : `,${line}`;
  return {
    span: root.span,
    text: `{${open}${all.join(separator)}${close}}`,
  };
}

interface BracedParts {
  /** Each `"key": value` as written, with the comments before it. */
  readonly pairs: readonly {
    readonly each: Property;
    readonly written: string;
  }[];
  /** What stands before the first and after the last of them. */
  readonly open: string;
  readonly close: string;
}

const BLANKS = /^(?:\s|#.*|\/\/.*|\/\*[^]*?\*\/)*/;

function bracedParts(
  text: string,
  { properties, span }: ObjectNode,
): BracedParts {
  const first = properties[0]?.keySpan.start ?? span.end - 1;
  // An anchor or a tag before the first key belongs to it.
  const open = BLANKS.exec(text.slice(span.start + 1, first))?.[0] ?? "";
  let end = span.start + 1 + open.length;
  const pairs = properties.map((each, i) => {
    const before = withoutComma(text.slice(end, each.keySpan.start)).trim();
    const limit = properties[i + 1]?.keySpan.start ?? span.end - 1;
    end = endOfValue(text, each, limit);
    const pair = text.slice(each.keySpan.start, end);
    const line = lineOf(open) || ` ${newline(text)}`;
    return { each, written: joined(before, pair, line) };
  });
  return {
    pairs,
    open,
    close: withoutComma(text.slice(end, span.end - 1)),
  };
}

/** The line end and indentation with which keys begin that have lines of their own; otherwise nothing. */
function lineOf(open: string): string {
  return /\r?\n[ \t]*(?=[^\r\n]*$)/.exec(open)?.[0] ?? "";
}

/** Comments end with their line, and YAML wants a blank before them; anchors and tags stay on it. */
function joined(before: string, pair: string, line: string): string {
  if (before === "") return pair;
  if (!/#|\/\//.test(before)) return `${before} ${pair}`;
  return line.startsWith(" ")
    ? ` ${before}${line.slice(1)}${pair}`
    : `${before}${line}${pair}`;
}

function withoutComma(text: string): string {
  return text.replace(/^\s*,/, "");
}

/** Moves whole lines; each key owns those up to the next key, but for the comments right before that. */
function wrapBlock(
  { text }: Source,
  root: ObjectNode,
  { isParam, withVersion }: WrapOptions,
): Edit {
  const start = lineStart(text, root.properties[0]?.keySpan.start ?? 0);
  const end = lineEnd(text, root.span.end);
  const blocks = root.properties.map((each, i) => {
    const before = root.properties[i - 1];
    const next = root.properties[i + 1];
    const from = before === undefined ? start : blockStart(text, before, each);
    const to = next === undefined ? end : blockStart(text, each, next);
    return { param: isParam(each), lines: trimmed(text.slice(from, to)) };
  });
  const others = blocks.filter(({ param }) => !param).map(({ lines }) => lines);
  const params = blocks.filter(({ param }) => param)
    .map(({ lines }) => indented(lines));
  const head = withVersion ? ["schema: v1"] : [];
  const lines = [...head, ...others, "params:", ...params];
  return { span: { start, end }, text: lines.join(newline(text)) };
}

/** Where the lines of a key begin, those of the comments on it included. */
function blockStart(text: string, before: Property, each: Property): number {
  let start = lineStart(text, each.keySpan.start);
  while (start > before.value.span.end && start > before.keySpan.end) {
    const above = lineStart(text, start - (isCrLf(text, start) ? 2 : 1));
    if (text.charAt(above) !== "#" || above < before.keySpan.end) break;
    if (above < before.value.span.end) break;
    start = above;
  }
  return start;
}

function isCrLf(text: string, start: number): boolean {
  return text.startsWith("\r\n", start - 2);
}

/** Only what YAML takes for blanks and line ends: U+2028 and its like are text, unlike for a RegExp. */
function indented(lines: string): string {
  return lines.replaceAll(/(?<=^|[\r\n])(?![ \t]*(?:[\r\n]|$))/g, "  ");
}

function trimmed(lines: string): string {
  return lines.replace(/[ \t\r\n]+$/, "");
}

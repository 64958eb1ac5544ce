import { lineStarts, positions, type Tree } from "../../../schemas/mod.ts";
import { type Part, partsOf } from "../nodes/parts.ts";

/** A line of YAML. */
export interface YamlLine {
  readonly start: number;
  /** Before what ends the line. */
  readonly end: number;
  /** Blanks that it begins with. */
  readonly indent: number;
  readonly kind: "blank" | "comment" | "marker" | "structure" | "inside";
  /** Of a line inside of a value: the line that the value begins in. */
  readonly owner?: number;
  /** Whether it is text of a block scalar, whose blanks count. */
  readonly block?: boolean;
  /** Whether its end is inside of a value, so that blanks there may count. */
  readonly open?: boolean;
}

/** The lines of a document that has been read without a mistake. */
export function yamlLines(tree: Tree): readonly YamlLine[] {
  const { text } = tree.source;
  const starts = lineStarts(text);
  const inside = linesInside(tree);
  return starts.map((start, index) => {
    const end = endOf(text, start, starts[index + 1]);
    const line = text.slice(start, end);
    const indent = line.length - line.replace(/^ +/, "").length;
    const place = { start, end, indent, ...inside.get(index) };
    return { ...place, kind: "owner" in place ? "inside" : kindOf(line) };
  });
}

function endOf(text: string, start: number, next: number | undefined): number {
  if (next === undefined) return text.length;
  const end = next - 1;
  return text.charAt(end) === "\n" && text.charAt(end - 1) === "\r" &&
      end > start
    ? end - 1
    : end;
}

function kindOf(line: string): YamlLine["kind"] {
  const words = line.trim();
  if (words === "") return "blank";
  if (words.startsWith("#")) return "comment";
  return /^(?:---|\.\.\.)(?:\s|$)|^%/.test(line) ? "marker" : "structure";
}

type Inside = Pick<YamlLine, "owner" | "block" | "open">;

/** What lies inside of texts and of what stands in brackets. */
function linesInside(
  { root, source: { text } }: Tree,
): ReadonlyMap<number, Inside> {
  const found = new Map<number, Inside>();
  const place = positions(text);
  const lineOf = (offset: number) => place(offset).line - 1;
  const visit = ({ node }: Part): void => {
    const { start, end } = node.span;
    const first = text.charAt(start);
    const whole = node.kind === "scalar" || first === "[" || first === "{";
    if (!whole) return partsOf(node).forEach(visit);
    const block = node.kind === "scalar" && (first === "|" || first === ">");
    const [from, to] = [
      lineOf(start),
      lineOf(block ? afterBlank(text, end) : end),
    ];
    for (let line = from; line <= to; line++) {
      const open = block || line < to ? { open: true } : {};
      if (line === from) found.set(line, { ...found.get(line), ...open });
      else found.set(line, { owner: from, block, ...open });
    }
  };
  if (root !== undefined) visit({ node: root, start: root.span.start });
  return found;
}

/** The end of the last blank line after a block scalar: such lines may be part of it. */
function afterBlank(text: string, end: number): number {
  const blank = /^(?:[ \t]*(?:\r\n|\n|\r))*/.exec(text.slice(end))?.[0] ?? "";
  const rest = text.slice(end + blank.length);
  if (/^[ \t]*$/.test(rest)) return text.length;
  return end + Math.max(blank.trimEnd().length, lastBreak(blank));
}

/** Where the line end that the last blank line ends with begins. */
function lastBreak(blank: string): number {
  return blank.replace(/(?:\r\n|\n|\r)$/, "").length;
}

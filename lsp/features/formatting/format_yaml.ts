import { applyEdits, type Edit, type Tree } from "../../../schemas/mod.ts";
import { sameContent } from "./same_content.ts";
import type { Style } from "./style.ts";
import { yamlIndents } from "./yaml_indents.ts";
import { type YamlLine, yamlLines } from "./yaml_lines.ts";

/** Lines from and to, both included, counted from 0. */
export interface Lines {
  readonly from: number;
  readonly to: number;
}

/**
 * Indents YAML that has been read without a mistake, and takes away blanks at the ends of lines. Nothing else changes,
 * and nothing at all where the text would read differently.
 */
export function formatYaml(
  tree: Tree,
  style: Style,
  only?: Lines,
): readonly Edit[] {
  const { text } = tree.source;
  const lines = yamlLines(tree);
  const { from, to } = only === undefined
    ? { from: 0, to: lines.length }
    : wholeParts(lines, only);
  const within = <T>(_: T, index: number) => from <= index && index <= to;
  const trimmed = lines.map((line) => trimEdit(text, line)).filter(within)
    .flat();
  const last = only === undefined ? endEdit(text, lines, style) : [];
  // Tabs cannot indent YAML.
  const step = /^ /.test(style.indent) ? style.indent.length : 2;
  const indents = yamlIndents(text, lines, step);
  const indented = lines.map((line, i) => indentEdit(line, indents[i]))
    .filter(within).flat();
  return [[...indented, ...trimmed, ...last], [...trimmed, ...last]]
    .find((edits) => sameContent(tree, applyEdits(text, edits))) ?? [];
}

/** The lines of every part at the top that is touched: a part that is indented in half would be another one. */
function wholeParts(lines: readonly YamlLine[], { from, to }: Lines): Lines {
  const starts = ({ kind, indent }: YamlLine) =>
    kind === "structure" && indent === 0;
  const first = lines.findLastIndex((line, i) => i <= from && starts(line));
  const next = lines.findIndex((line, i) => i > to && starts(line));
  return {
    from: first < 0 ? 0 : first,
    to: next < 0 ? lines.length : next - 1,
  };
}

function indentEdit(
  { kind, start, indent }: YamlLine,
  wanted: number | undefined,
): Edit[] {
  if (kind === "blank" || kind === "marker" || wanted === undefined) return [];
  if (wanted === indent) return [];
  return [{ span: { start, end: start + indent }, text: " ".repeat(wanted) }];
}

function trimEdit(text: string, { start, end, open }: YamlLine): Edit[] {
  if (open === true) return [];
  const line = text.slice(start, end);
  const kept = start + line.replace(/[ \t]+$/, "").length;
  return kept === end ? [] : [{ span: { start: kept, end }, text: "" }];
}

/** Several blank lines at the end become none; a last line gets its end if that is wanted. */
function endEdit(
  text: string,
  lines: readonly YamlLine[],
  { lineEnd, endsWithLine }: Style,
): Edit[] {
  const written = lines.findLastIndex(({ kind }) => kind !== "blank");
  const last = lines[written];
  if (last === undefined || last.open === true) return [];
  const rest = text.slice(last.end);
  const wanted = rest !== "" || endsWithLine ? lineEnd : "";
  return rest === wanted
    ? []
    : [{ span: { start: last.end, end: text.length }, text: wanted }];
}

import type { YamlLine } from "./yaml_lines.ts";

/** A column at which blocks stand, and where they will. */
interface Level {
  readonly old: number;
  readonly new: number;
}

/** The indentation that each line should have, the same order; what is between markers and blanks stays. */
export function yamlIndents(
  text: string,
  lines: readonly YamlLine[],
  step: number,
): readonly number[] {
  const indents = lines.map(({ indent }) => indent);
  const levels: Level[] = [];
  /** Levels at the beginning of a line that a value may begin in, the innermost. */
  const inner = new Map<number, Level>();
  lines.forEach((line, index) => {
    if (line.kind === "structure") {
      indents[index] = enter(levels, line.indent, step);
      const shift = (indents[index] ?? 0) - line.indent;
      const words = text.slice(line.start + line.indent, line.end);
      pushInner(levels, words, { column: line.indent, shift });
      inner.set(index, levelAt(levels, line, index));
    } else if (line.kind === "comment") {
      indents[index] = commentIndent(line, nextLine(lines, index), {
        levels,
        step,
      });
    }
  });
  moveInside(text, lines, { indents, inner, step });
  return indents;

  function levelAt(
    all: readonly Level[],
    line: YamlLine,
    index: number,
  ): Level {
    return all.at(-1) ?? { old: line.indent, new: indents[index] ?? 0 };
  }
}

/** Leaves deeper levels, and begins one where the line is deeper than the last. */
function enter(levels: Level[], column: number, step: number): number {
  while ((levels.at(-1)?.old ?? -1) > column) levels.pop();
  const top = levels.at(-1);
  if (top?.old === column) return top.new;
  const level = { old: column, new: top === undefined ? 0 : top.new + step };
  levels.push(level);
  return level.new;
}

/** After `- ` a level begins in the middle of a line; it keeps its distance. */
function pushInner(
  levels: Level[],
  words: string,
  { column, shift }: { readonly column: number; readonly shift: number },
): void {
  for (let at = 0;;) {
    const dash = /^-[ \t]+(?=[^\s#|>])/.exec(words.slice(at))?.[0];
    if (dash === undefined) return;
    at += dash.length;
    levels.push({ old: column + at, new: column + at + shift });
  }
}

function nextLine(
  lines: readonly YamlLine[],
  index: number,
): YamlLine | undefined {
  let next = index + 1;
  while (lines[next]?.kind === "comment" || lines[next]?.kind === "blank") {
    next++;
  }
  return lines[next];
}

/** A comment belongs to what comes next if it stands as deep, else to what it stands in. */
function commentIndent(
  { indent }: YamlLine,
  next: YamlLine | undefined,
  { levels, step }: {
    readonly levels: readonly Level[];
    readonly step: number;
  },
): number {
  const around = levels.findLast(({ old }) => old <= indent);
  if (around?.old === indent) return around.new;
  if (next?.kind === "structure" && next.indent === indent) {
    return around === undefined ? 0 : around.new + step;
  }
  return around === undefined ? 0 : around.new + step;
}

/** Lines of a value go along with the line that it begins in; the text of a block scalar is indented by one level. */
function moveInside(
  text: string,
  lines: readonly YamlLine[],
  { indents, inner, step }: {
    readonly indents: number[];
    readonly inner: ReadonlyMap<number, Level>;
    readonly step: number;
  },
): void {
  lines.forEach(({ owner, indent, block, start, end }, index) => {
    const from = owner === undefined ? undefined : lines[owner];
    if (owner === undefined || from === undefined) return;
    const along = (indents[owner] ?? from.indent) - from.indent;
    if (!block) {
      indents[index] = Math.max(0, indent + along);
      return;
    }
    const body = bodyIndent(text, lines, owner);
    const header = text.slice(from.start, from.end);
    const fixed = /[|>][-+]?[1-9]/.test(header) || body === undefined;
    const level = inner.get(owner);
    const shift = fixed || level === undefined
      ? along
      : level.new + step - body;
    const blank = text.slice(start, end).trim() === "";
    // Of a blank line, only what is deeper than the text counts.
    indents[index] = blank && indent <= (body ?? 0)
      ? Math.min(indent, Math.max(0, (body ?? 0) + shift))
      : Math.max(0, indent + shift);
  });
}

/** Indentation of the text of a block scalar, as its first line that is not blank says. */
function bodyIndent(
  text: string,
  lines: readonly YamlLine[],
  owner: number,
): number | undefined {
  for (let index = owner + 1; lines[index]?.owner === owner; index++) {
    const line = lines[index];
    if (line && text.slice(line.start, line.end).trim() !== "") {
      return line.indent;
    }
  }
  return undefined;
}

/** A command line of a document that is run by the tests. */
export interface Example {
  /** Of its first line in the document, counted from 1. */
  readonly line: number;
  readonly script: string;
  /** What it prints on stdout, if the document shows that. */
  readonly output?: string;
}

const FENCE = /^```/;

/** What marks an example that needs nothing but Deno. */
export const RUN = "<!-- run -->";
/** What marks one that needs an engine of containers, too. */
export const RUN_ON_ENGINE = "<!-- run on an engine -->";

/**
 * The examples of a Markdown document: each ```` ```sh ```` block after the mark `<!-- run -->`, with the block
 * after `<!-- output -->` that follows it before the next example. Only blank lines may stand between
 * a mark and its block.
 */
export function examplesIn(
  markdown: string,
  mark: typeof RUN | typeof RUN_ON_ENGINE = RUN,
): readonly Example[] {
  const lines = markdown.split("\n");
  const examples: Example[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === mark) {
      examples.push(blockAfter(lines, index));
    }
    const last = examples.at(-1);
    if (line.trim() === "<!-- output -->" && last?.output === undefined) {
      const output = blockAfter(lines, index).script;
      examples.splice(-1, 1, ...(last ? [{ ...last, output }] : []));
    }
  }
  return examples;
}

function blockAfter(lines: readonly string[], mark: number): Example {
  const open = lines.findIndex((line, i) => i > mark && line.trim() !== "");
  if (open < 0 || !FENCE.test(lines[open] ?? "")) {
    throw new SyntaxError(`Line ${mark + 1}: no block follows the mark`);
  }
  const close = lines.findIndex((line, i) => i > open && FENCE.test(line));
  if (close < 0) throw new SyntaxError(`Line ${open + 1}: the block is open`);
  const script = lines.slice(open + 1, close).map((line) => `${line}\n`);
  return { line: open + 2, script: script.join("") };
}

/** The lines of a text, broken at spaces so that each fits; a longer word stands alone. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length <= columns || line === "") line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/**
 * The lines of a shell command, continued with backslashes where it is too long. Quoted texts stay whole, and
 * flags beside their values where there is room.
 */
export function wrapCommand(text: string, columns: number): readonly string[] {
  const words = text.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const [first = "", ...rest] = flagsWithValues(words, columns - 4);
  const lines = [first];
  for (const word of rest) {
    const line = lines.at(-1) ?? "";
    // Two columns for the backslash.
    if (line.length + word.length + 3 <= columns) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(`  ${word}`);
  }
  return lines.map((line, i) => i < lines.length - 1 ? `${line} \\` : line);
}

function flagsWithValues(
  words: readonly string[],
  columns: number,
): readonly string[] {
  const units: string[] = [];
  for (const word of words) {
    const flag = units.at(-1) ?? "";
    const glued = `${flag} ${word}`;
    const fits = /^--[\w-]+$/.test(flag) && !word.startsWith("--") &&
      glued.length <= columns;
    if (fits) units[units.length - 1] = glued;
    else units.push(word);
  }
  return units;
}

/** Two columns: what stands left and what it means, the latter wrapped. */
export function definitions(
  rows: readonly (readonly [term: string, meaning: string])[],
  { columns, widest }: { readonly columns: number; readonly widest: number },
): readonly string[] {
  const width = Math.min(
    widest,
    Math.max(...rows.map(([term]) => term.length)),
  );
  const indent = " ".repeat(width + 2);
  return rows.flatMap(([term, meaning]) => {
    const lines = wrap(meaning, Math.max(columns - width - 2, 20));
    if (term.length > width) {
      return [term, ...lines.map((line) => `${indent}${line}`)];
    }
    return lines.map((line, i) =>
      `${i === 0 ? `${term.padEnd(width)}  ` : indent}${line}`.trimEnd()
    );
  });
}

/**
 * The lines that a place in broken YAML is nested in, by their indentation, and those beside it: enough to read
 * where it stands. `head` is the text before the place; its last line is kept whole.
 */
export function excerptBefore(head: string): string {
  const lines = head.split(/\r\n|\r|\n/);
  const last = lines.pop() ?? "";
  const kept: string[] = [];
  let limit = column(last) + (/^[ \t]*(?:- +)+/.test(last) ? 1 : 0);
  let underDash = false;
  let ancestor = false;
  for (const line of lines.toReversed()) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const own = column(line);
    const dash = /^\s*-(?:\s|$)/.test(line);
    const above = own < limit || (own === limit && underDash && !dash);
    const beside = !ancestor && own === limit && !dash && isPair(line);
    if (!above && !beside) continue;
    kept.unshift(line);
    if (!above) continue;
    [limit, underDash, ancestor] = [own, dash, true];
  }
  return [...kept, last].join("\n");
}

function column(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].length ?? 0;
}

/** Whether a line holds a whole key with a simple value. */
function isPair(line: string): boolean {
  return /^\s*[\w$-]+:\s+[^\s|>&*![{"'][^:]*$/.test(line);
}

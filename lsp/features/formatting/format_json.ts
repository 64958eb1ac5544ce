import type { Edit } from "../../../schemas/mod.ts";
import { gapText } from "./json_gap.ts";
import { isBroken, type Placed, placedTokens } from "./json_layout.ts";
import type { Style } from "./style.ts";

/**
 * Lays out JSON and JSONC that has been read without a mistake. Only blanks between tokens change. Objects and lists
 * that stand on one line and fit there stay there, except for the outermost one; blank lines are kept, one at a time.
 */
export function formatJson(text: string, style: Style): readonly Edit[] {
  const list = placedTokens(text);
  if (list.length < 2) return [];
  const edits: Edit[] = [];
  /** Whether each bracket that is open here is broken. */
  const open: boolean[] = [];
  let column = 0;
  list.forEach((token, index) => {
    const previous = list[index - 1];
    const start = previous?.span.end ?? 0;
    const found = text.slice(start, token.span.start);
    const wanted = gapText(list, index, { open, style, found });
    if (wanted !== found && !/[^ \t\r\n]/.test(found)) {
      edits.push({ span: { start, end: token.span.start }, text: wanted });
    }
    column = columnAfter(column, wanted, style);
    follow(list, index, { open, column });
    column = columnAfter(
      column,
      text.slice(token.span.start, token.span.end),
      style,
    );
  });
  return edits;
}

/** Opens and closes brackets. */
function follow(
  list: readonly Placed[],
  index: number,
  { open, column }: { readonly open: boolean[]; readonly column: number },
): void {
  const kind = list[index]?.kind;
  if (kind === "{" || kind === "[") {
    open.push(isBroken(list, index, { depth: open.length, column }));
  } else if (kind === "}" || kind === "]") open.pop();
}

function columnAfter(column: number, text: string, { indent }: Style): number {
  const end = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r"));
  const width = text.length - end - 1;
  // A tab is as wide as it mostly is.
  const tabs = indent === "\t" ? text.slice(end + 1).split("\t").length - 1 : 0;
  return (end < 0 ? column : 0) + width + tabs * 3;
}

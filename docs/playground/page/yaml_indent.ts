import { indentService } from "@codemirror/language";
import type { Extension } from "@codemirror/state";

/**
 * Indents a new line of YAML like the one above it, deeper behind a colon, and below the text of a dash. The indentation
 * of the language falls back to the left behind a comment.
 */
export function yamlIndent(): Extension {
  return indentService.of(({ state }, pos) => {
    const before = state.sliceDoc(state.doc.lineAt(pos).from, pos);
    if (/\S/.test(before)) return indentBelow(before);
    const above = state.sliceDoc(0, pos).trimEnd().split("\n").at(-1) ?? "";
    return indentBelow(above);
  });
}

function indentBelow(line: string): number {
  const written = line.replace(/(?:^|\s)#.*$/, "").trimEnd();
  const start = /^ *(?:- +)*/.exec(line)?.[0].length ?? 0;
  return /[:>|]$|[>|][+-]?\d?$/.test(written) ? start + 2 : start;
}

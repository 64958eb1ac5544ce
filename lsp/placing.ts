import type { Position } from "vscode-languageserver-types";
import { lineStarts, positions } from "../schemas/mod.ts";
import type { View } from "./view.ts";

/**
 * Between offsets and the zero-based places of editors. A place outside of the text is moved to its nearest end.
 * Before the text, the editor's first line may have more: `ahead` units of UTF-16, the mark of byte order.
 */
export function placing(
  text: string,
  ahead = 0,
): Pick<View, "range" | "offset"> {
  const at = positions(text);
  const place = (offset: number): Position => {
    const { line, column } = at(offset);
    const character = column - 1 + (line === 1 ? ahead : 0);
    return { line: line - 1, character };
  };
  let starts: readonly number[] | undefined;
  return {
    range: ({ start, end }) => ({ start: place(start), end: place(end) }),
    offset({ line, character }) {
      starts ??= lineStarts(text);
      const start = starts[line] ?? text.length;
      const column = line === 0 ? Math.max(0, character - ahead) : character;
      return Math.min(start + column, lineEnd(text, starts[line + 1]));
    },
  };
}

/** Where the line before `next` ends, its line end left out. */
function lineEnd(text: string, next: number | undefined): number {
  if (next === undefined) return text.length;
  return text.startsWith("\r\n", next - 2) ? next - 2 : next - 1;
}

import type { TextEdit } from "vscode-languageserver-types";
import type { View } from "../../view.ts";

/** Takes away the mark of byte order, where the editor shows it to the server; it is before the text that is checked. */
export function markRemoval({ range }: View): TextEdit | undefined {
  const { start } = range({ start: 0, end: 0 });
  return start.character === 0
    ? undefined
    : { range: { start: { line: 0, character: 0 }, end: start }, newText: "" };
}

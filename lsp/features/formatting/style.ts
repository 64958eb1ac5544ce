import type { FormattingOptions } from "vscode-languageserver-types";

/** How text is laid out, as the editor wants it. */
export interface Style {
  /** What one level is indented by. */
  readonly indent: string;
  /** What ends a line. */
  readonly lineEnd: string;
  /** Whether text that does not end with a line end gets one. */
  readonly endsWithLine: boolean;
}

/** Lines that fit in these are not broken. */
export const WIDTH = 80;

/** Lines end as the first one does. */
export function styleOf(
  text: string,
  { tabSize, insertSpaces, insertFinalNewline }: FormattingOptions,
): Style {
  const spaces = Math.min(Math.max(Math.trunc(tabSize) || 2, 1), 16);
  return {
    indent: insertSpaces ? " ".repeat(spaces) : "\t",
    lineEnd: /\r\n|\n|\r/.exec(text)?.[0] ?? "\n",
    endsWithLine: insertFinalNewline === true,
  };
}

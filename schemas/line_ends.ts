/** Where the line of an offset begins. Lines end with LF, CR LF or, in YAML, a CR alone. */
export function lineStart(text: string, offset: number): number {
  let start = Math.min(offset, text.length);
  while (start > 0 && !/[\r\n]/.test(text.charAt(start - 1))) start--;
  return start;
}

/** Where the line of an offset ends, before what ends it. */
export function lineEnd(text: string, offset: number): number {
  const end = text.slice(offset).search(/[\r\n]/);
  return end < 0 ? text.length : offset + end;
}

/** Where the line before one that begins somewhere ends; 0 for the first one. */
export function lineEndBefore(text: string, line: number): number {
  if (line === 0) return 0;
  return text.startsWith("\r\n", line - 2) ? line - 2 : line - 1;
}

/** Where the next line begins, of where one ends. */
export function afterLine(text: string, end: number): number {
  if (end === text.length) return end;
  return text.startsWith("\r\n", end) ? end + 2 : end + 1;
}

/** How the lines of a text end. */
export function newline(text: string): "\n" | "\r\n" {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

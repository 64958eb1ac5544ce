/** The command that explains a code. */
export function docsOf(code: string): string {
  return `explain ${code}`;
}

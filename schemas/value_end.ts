import type { Property } from "./tree.ts";

/** Where a value ends, at most at `limit`. An alias has its value elsewhere; then it ends before the comma or bracket. */
export function endOfValue(
  text: string,
  { keySpan, value: { span } }: Property,
  limit: number,
): number {
  if (span.start >= keySpan.end && span.end <= limit) return span.end;
  const written = text.slice(keySpan.start, limit);
  return keySpan.start + written.trimEnd().replace(/,$/, "").trimEnd().length;
}

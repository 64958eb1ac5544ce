import { type Span } from "../../schemas/mod.ts";
import { hideSecrets } from "../../schemas/checker.ts";
import { textWidth } from "./text_width.ts";

/** The line of a finding, and a line that marks the place under it. */
export interface Excerpt {
  readonly line: string;
  readonly marker: string;
}

/** Most UTF-16 units of a line that are shown. */
const LONGEST = 100;
const BEFORE = 30;
/** UTF-16 units around the place that are looked at, so that a document on one line is not read for each finding. */
const NEAR = 2000;

/**
 * Shows a span in its line: `^~~~` under it, up to the end of the line. Long lines are cut around the place,
 * tabs and control characters become blanks, what looks like a secret is covered.
 */
export function excerpt(
  text: string,
  { start, end }: Span,
  lineStart: number,
): Excerpt {
  const near = Math.max(lineStart, start - NEAR);
  const whole = hideSecrets(
    restOfLine(text.slice(near, start + NEAR), start - near),
  );
  const at = Math.min(start - near, whole.length);
  const to = Math.min(Math.max(end - near, at), whole.length);
  const short = near === lineStart && whole.length <= LONGEST;
  const from = short ? 0 : cutBefore(whole, at - BEFORE);
  const until = cutBefore(whole, from + LONGEST);
  const head = near + from > lineStart ? "…" : "";
  const tail = until < whole.length ? "…" : "";
  const before = head + plain(whole.slice(from, at));
  const marked = plain(whole.slice(at, Math.min(to, until)));
  return {
    line: head + plain(whole.slice(from, until)) + tail,
    marker: " ".repeat(textWidth(before)) + "^" +
      "~".repeat(Math.max(0, textWidth(marked) - 1)),
  };
}

/** Up to the line's end, looked for from the place on: the text begins inside the line. */
function restOfLine(text: string, place: number): string {
  const newline = /[\r\n]/g;
  newline.lastIndex = place;
  return text.slice(0, newline.exec(text)?.index);
}

/** An offset that is not inside a surrogate pair. */
function cutBefore(text: string, offset: number): number {
  const at = Math.max(0, Math.min(offset, text.length));
  const inside = /[\udc00-\udfff]/.test(text.charAt(at)) &&
    /[\ud800-\udbff]/.test(text.charAt(at - 1));
  return inside ? at - 1 : at;
}

/** One column for each control character; a tab is one blank, so that the marker stands under its place. */
function plain(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, " ");
}

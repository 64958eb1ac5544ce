import { bytesText, spanText } from "../amounts.ts";
import { printable } from "../printable.ts";
import { graphemes, textWidth } from "../report/text_width.ts";
import {
  activity,
  type BytesDone,
  type ProgressState,
} from "./progress_state.ts";

const BAR = 20;

/**
 * The one line that shows how far a command is, at most `columns` wide. What does not fit is left out: the
 * bar first, then sizes, then the end of the name; percent and time last.
 */
export function progressLine(
  state: ProgressState,
  { nowMs, columns }: { readonly nowMs: number; readonly columns: number },
): string {
  const what = printable(activity(state));
  const time = spanText(nowMs - state.sinceMs);
  const forms = state.bytes === undefined
    ? [`${what}  ${time}`]
    : bytesForms(what, state.bytes, time);
  const fitting = forms.find((form) => textWidth(form) <= columns);
  if (fitting !== undefined) return fitting;
  const tail = `  ${state.bytes === undefined ? time : percent(state.bytes)}`;
  return `${cut(what, columns - tail.length)}${tail}`.slice(0, columns);
}

function bytesForms(
  what: string,
  bytes: BytesDone,
  time: string,
): readonly string[] {
  const part = percent(bytes);
  const size = `${bytesText(bytes.done)} of ${bytesText(bytes.total)}`;
  return [
    `${what}  ${bar(bytes)} ${part}  ${size}  ${time}`,
    `${what}  ${part}  ${size}  ${time}`,
    `${what}  ${part}  ${time}`,
    `${what}  ${part}`,
  ];
}

function share({ done, total }: BytesDone): number {
  // A file may grow while it is read.
  return total === 0 ? 1 : Math.min(done / total, 1);
}

function percent(bytes: BytesDone): string {
  return `${Math.floor(share(bytes) * 100)}%`.padStart(4);
}

function bar(bytes: BytesDone): string {
  const full = Math.floor(share(bytes) * BAR);
  return `[${"#".repeat(full)}${".".repeat(BAR - full)}]`;
}

/** The beginning of a text, with a mark where it was cut; empty when there is no room. */
function cut(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let kept = "";
  for (const { segment } of graphemes(text)) {
    if (textWidth(kept + segment) > columns - 1) break;
    kept += segment;
  }
  return columns < 1 ? "" : `${kept}…`;
}

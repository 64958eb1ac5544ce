import { bytesText, spanText } from "../amounts.ts";
import { printable } from "../printable.ts";
import { activity, type ProgressState } from "./progress_state.ts";

/** Milliseconds of one phase until the first line, and from one line to the next. */
const FIRST = 10_000;
const NEXT = 30_000;

/** Whether it is time for a line where lines cannot be drawn anew; `lastMs` is when the last one was written. */
export function plainLineDue(
  { sinceMs }: ProgressState,
  { nowMs, lastMs }: { readonly nowMs: number; readonly lastMs: number },
): boolean {
  return lastMs < sinceMs ? nowMs - sinceMs >= FIRST : nowMs - lastMs >= NEXT;
}

/** A line for logs: what takes so long, and how far it is. */
export function plainLine(state: ProgressState, nowMs: number): string {
  const { bytes } = state;
  const size = bytes === undefined
    ? ""
    : `, ${bytesText(bytes.done)} of ${bytesText(bytes.total)}`;
  return `${printable(activity(state))}: ${
    spanText(nowMs - state.sinceMs)
  }${size}`;
}

import type { Envelope, OutputRecord } from "../schemas/mod.ts";
import { bytesText, spanText } from "./amounts.ts";

export interface SummaryFacts {
  readonly durationMs: number;
  /** Files that the outputs were saved as, in their order; undefined when nothing was to be saved. */
  readonly saved?: readonly string[];
}

/** Outputs that are listed one by one. */
const SHOWN = 12;

/** What came out of a run, for people: what became of it, each output with its size, and where it is. */
export function runSummary(
  envelope: Envelope,
  { durationMs, saved }: SummaryFacts,
): string {
  const time = spanText(durationMs);
  if (envelope.status === "error") {
    return `error in ${time}\nWhat it means: explain ${envelope.error.code}\n`;
  }
  const { outputs } = envelope;
  const total = outputs.reduce((sum, each) => sum + each.size_bytes, 0);
  const lines = rows(outputs, saved ?? outputs.map(({ path }) => path));
  const more = outputs.length - lines.length;
  return [
    `success in ${time}: ${count(outputs.length)}, ${bytesText(total)}`,
    ...lines.map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(outputs.length === 0 ? [] : [hint(saved)]),
    "",
  ].join("\n");
}

function count(outputs: number): string {
  return outputs === 1 ? "1 output" : `${outputs} outputs`;
}

function rows(
  outputs: readonly OutputRecord[],
  places: readonly string[],
): readonly string[] {
  const shown = outputs.slice(0, SHOWN).map(({ size_bytes, mime }, i) => ({
    size: bytesText(size_bytes),
    mime,
    // A single saved file stands for the first output alone.
    place: places[i] ?? outputs[i]?.path ?? "",
  }));
  const wide = (key: "size" | "mime") =>
    Math.max(...shown.map((row) => row[key].length));
  return shown.map(({ size, mime, place }) =>
    `${size.padStart(wide("size"))}  ${mime.padEnd(wide("mime"))}  ${place}`
  );
}

function hint(saved: readonly string[] | undefined): string {
  return saved === undefined
    ? "They are in the artifact store; --save-dir DIR writes them to a folder"
    : `Saved ${saved.length === 1 ? "1 file" : `${saved.length} files`}`;
}

import { CATALOGUE, type Envelope, type OutputRecord } from "../schemas/mod.ts";
import { quote } from "./quote.ts";
import { bytesText, spanText } from "./amounts.ts";

export interface SummaryFacts {
  readonly durationMs: number;
  /** Files that the outputs were saved as, in their order; undefined when nothing was to be saved. */
  readonly saved?: readonly string[];
  /** How the line of a command begins that is typed next. */
  readonly command: (path: readonly string[]) => string;
}

/** Outputs that are listed one by one. */
const SHOWN = 12;

/** What came out of a run, for people: what became of it, each output with its size, and where it is. */
export function runSummary(
  envelope: Envelope,
  { durationMs, saved, command }: SummaryFacts,
): string {
  const time = spanText(durationMs);
  if (envelope.status === "error") {
    const { code } = envelope.error;
    // A processor may have codes of its own.
    return Object.hasOwn(CATALOGUE, code)
      ? `error in ${time}\nWhat it means: ${command(["explain"])} ${code}\n`
      : `error in ${time}\n`;
  }
  const { outputs } = envelope;
  const total = outputs.reduce((sum, each) => sum + each.size_bytes, 0);
  const lines = rows(outputs, saved ?? outputs.map(({ path }) => path));
  const more = outputs.length - lines.length;
  return [
    `success in ${time}: ${count(outputs.length)}, ${bytesText(total)}`,
    ...lines.map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(outputs.length === 0 ? [] : [hint(outputs, saved, command)]),
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

function hint(
  outputs: readonly OutputRecord[],
  saved: readonly string[] | undefined,
  command: SummaryFacts["command"],
): string {
  if (saved !== undefined) {
    return `Saved ${saved.length === 1 ? "1 file" : `${saved.length} files`}`;
  }
  // The one that people can read, if there is one.
  const text = outputs.find(({ mime }) => mime.startsWith("text/"));
  const path = (text ?? outputs[0])?.path ?? "";
  const show = `${command(["artifacts", "get"])} ${quote(path)}`;
  return `Show one: ${show}\nSave all of a run: --save-dir DIR`;
}

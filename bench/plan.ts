/** What a part of the bench is given. */
export interface Plan {
  /** A folder for its files, removed afterwards. */
  readonly folder: string;
  /** Smaller sizes and fewer rounds. */
  readonly quick: boolean;
  /** Milliseconds of `deno run` of an empty file, the median of this run of the bench. */
  readonly bare: number;
  /** Runs of each case, the first not counted. */
  readonly rounds: number;
}

/** What a part has found: a table with a title. */
export interface Part {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly bars: readonly Bar[];
}

/** A figure that the design sets a limit to. */
export interface Bar {
  readonly name: string;
  readonly found: number;
  readonly limit: number;
  /** Whether more or less is better; default less. */
  readonly atLeast?: true;
  readonly unit: string;
}

/** A part as Markdown. */
export function partText({ title, head, rows }: Part): string {
  const lines = [head, head.map(() => "---"), ...rows]
    .map((row) => `| ${row.join(" | ")} |`);
  return `\n## ${title}\n\n${lines.join("\n")}\n`;
}

/** All limits in one table. */
export function barsText(bars: readonly Bar[]): string {
  return partText({
    title: "Budgets",
    head: ["what", "found", "budget", ""],
    rows: bars.map((bar) => [
      bar.name,
      `${bar.found.toFixed(2)} ${bar.unit}`,
      `${bar.atLeast ? "≥" : "≤"} ${bar.limit} ${bar.unit}`,
      isMet(bar) ? "met" : "**missed**",
    ]),
    bars: [],
  });
}

export function isMet({ found, limit, atLeast }: Bar): boolean {
  return atLeast ? found >= limit : found <= limit;
}

/** Bytes in a unit that is short to read. */
export function bytesText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  const power = bytes === 0 ? 0 : Math.floor(Math.log2(bytes) / 10);
  const at = Math.min(power, units.length - 1);
  return `${(bytes / 1024 ** at).toFixed(at === 0 ? 0 : 1)} ${units[at]}`;
}

/** Milliseconds, and how many times those of a bare start they are. */
export function timeText(
  ms: number,
  { bare }: Pick<Plan, "bare">,
): readonly string[] {
  return [ms.toFixed(1), `${(ms / bare).toFixed(2)}×`];
}

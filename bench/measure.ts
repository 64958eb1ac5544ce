/** A command line to measure, as a whole process. */
export interface Case {
  readonly name: string;
  /** Arguments of deno. */
  readonly args: readonly string[];
  /** Highest ratio to the first case that is aimed at. */
  readonly budget?: number;
}

/** What was measured of a case, in milliseconds. */
export interface Measured {
  readonly name: string;
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
  /** Of its median to that of the first case. */
  readonly ratio: number;
  readonly budget?: number;
}

/**
 * Runs all cases in turn, `rounds` times, so that what else the machine does meets all of them alike.
 * A first round, for caches, is not counted. Throws when a case fails.
 */
export async function measure(
  cases: readonly Case[],
  { rounds, run }: {
    readonly rounds: number;
    /** Runs once, answers the milliseconds. */
    readonly run: (args: readonly string[]) => Promise<number>;
  },
): Promise<readonly Measured[]> {
  const times = new Map<Case, number[]>(cases.map((each) => [each, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [{ args }, each] of times) {
      const time = await run(args);
      if (round > 0) each.push(time);
    }
  }
  const base = median(times.values().next().value ?? []);
  return [...times].map(([{ name, budget }, each]) => ({
    name,
    median: median(each),
    fastest: Math.min(...each),
    slowest: Math.max(...each),
    ratio: median(each) / base,
    ...(budget === undefined ? {} : { budget }),
  }));
}

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? NaN;
  const half = sorted.length / 2;
  return (at(Math.ceil(half) - 1) + at(Math.floor(half))) / 2;
}

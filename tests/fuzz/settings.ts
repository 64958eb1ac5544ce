/**
 * How the properties are explored. The seed is fixed, so that a failure is the same for everybody; look further
 * with `FUZZ_SEED=7 FUZZ_RUNS=20000 deno test -A tests/fuzz`. A failure prints the smallest case that was found:
 * make it a test case of the folder that it is about.
 */
export const SETTINGS = {
  seed: numberOf("FUZZ_SEED", 20_260),
  numRuns: numberOf("FUZZ_RUNS", 300),
  // Shrinking may take long, telling must not.
  interruptAfterTimeLimit: 600_000,
  markInterruptAsFailure: false,
} as const;

function numberOf(name: string, fallback: number): number {
  const value = Number(Deno.env.get(name) ?? fallback);
  return Number.isSafeInteger(value) ? value : fallback;
}

/** The longest delay that Deno takes: what is longer would fire at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * Calls once after so many milliseconds, unless it is stopped by what it answers. `setTimeout` does the same, but
 * what Deno loads when it is first asked for takes longer than many a run waits for its processor.
 */
export function after(delay: number, action: () => void): () => void {
  const over = AbortSignal.timeout(Math.min(delay, LONGEST));
  over.addEventListener("abort", action, { once: true });
  return () => over.removeEventListener("abort", action);
}

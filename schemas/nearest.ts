/**
 * The candidate that a mistyped word most likely means, or undefined when none is near: at most a
 * third of the word may differ (insertions, deletions, substitutions and swapped neighbours count 1; upper
 * and lower case do not differ).
 */
export function nearest(
  word: string,
  candidates: Iterable<string>,
): string | undefined {
  const limit = Math.floor(word.length / 3);
  let best:
    | { readonly candidate: string; readonly distance: number }
    | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const found = distance(word.toLowerCase(), candidate.toLowerCase());
    if (found <= limit && found < (best?.distance ?? Infinity)) {
      best = { candidate, distance: found };
    }
  }
  return best?.candidate;
}

/** Answers the candidate that a word most likely means. */
export type Suggest = (
  word: string,
  candidates: readonly string[],
) => string | undefined;

/**
 * {@linkcode nearest} that gives up after some 20,000 comparisons, so that a document with thousands of unknown
 * words is still checked at once.
 */
export function suggester(comparisons = 20_000): Suggest {
  let left = comparisons;
  return (word, candidates) => {
    left -= candidates.length;
    return left < 0 ? undefined : nearest(word, candidates);
  };
}

/** Optimal string alignment distance. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + same,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

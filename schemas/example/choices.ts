/** Remembers what an iterator gave, so that values can be taken by index, each made once and when first asked for. */
export function remembered<T>(
  iterator: Iterator<T>,
): (index: number) => { readonly value: T } | undefined {
  const values: T[] = [];
  let done = false;
  return (index) => {
    while (!done && values.length <= index) {
      const next = iterator.next();
      if (next.done) done = true;
      else values.push(next.value);
    }
    return index < values.length ? { value: values[index] as T } : undefined;
  };
}

/**
 * Combinations of one value from each iterator: first values first, then one of them varied, then two, up to
 * `limit` attempts. None when an iterator is empty.
 */
export function* choices<T>(
  iterators: readonly Iterator<T>[],
  limit: number,
): Generator<readonly T[]> {
  const sources = iterators.map(remembered);
  let tried = 0;
  for (let sum = 0; sum <= 3; sum++) {
    for (const indexes of vectors(sources.length, sum)) {
      if (tried++ >= limit) return;
      const chosen = pick(sources, indexes);
      if (chosen !== undefined) yield chosen;
      else if (sum === 0) return;
    }
  }
}

function pick<T>(
  sources: readonly ((index: number) => { readonly value: T } | undefined)[],
  indexes: readonly number[],
): readonly T[] | undefined {
  const chosen: T[] = [];
  for (const [i, source] of sources.entries()) {
    const found = source(indexes[i] ?? 0);
    if (found === undefined) return undefined;
    chosen.push(found.value);
  }
  return chosen;
}

/** Every list of `length` whole numbers with this sum. */
function* vectors(length: number, sum: number): Generator<readonly number[]> {
  if (length === 0) {
    if (sum === 0) yield [];
    return;
  }
  if (length === 1) return yield [sum];
  for (let first = 0; first <= sum; first++) {
    for (const rest of vectors(length - 1, sum - first)) yield [first, ...rest];
  }
}

// place: cli/example.ts
const NAMES = new Map([["a", 1]]);

export function counter(): () => number {
  let count = 0;
  const seen = new Set<number>();
  return () => seen.add(++count).size + NAMES.size;
}

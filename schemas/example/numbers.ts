import type { FlatSchema } from "./views.ts";

/** Numbers worth trying: bounds, their neighbours on the grid of `multipleOf`, and small ones. */
export function numbers(view: FlatSchema, integer: boolean): readonly number[] {
  const step = view.multipleOf ?? (integer ? 1 : undefined);
  const low = highest(view.minimum, view.exclusiveMinimum);
  const high = lowest(view.maximum, view.exclusiveMaximum);
  const middle = ((low ?? (high ?? 0) - 2) + (high ?? (low ?? 0) + 2)) / 2;
  const anchors = [
    ...(low !== undefined && low > 0 ? [] : [1, 0]),
    ...[low, high].filter((each) => each !== undefined),
    middle,
  ];
  const tried = anchors.flatMap((anchor) => around(anchor, step ?? 1));
  const exact = anchors.filter((anchor) =>
    !integer || Number.isInteger(anchor)
  );
  const further = more(low ?? 1, step ?? 1);
  const broken = integer ? [] : [...tried, ...further].map((n) => n + 0.5);
  return [...new Set([...exact, ...tried, ...further, ...broken])];
}

function around(anchor: number, step: number): readonly number[] {
  const below = Math.floor(anchor / step);
  return [below + 1, below, below + 2, below - 1].map((n) => n * step);
}

/** Further ones, for lists whose items must differ. */
function more(low: number, step: number): readonly number[] {
  const start = Math.ceil(low / step);
  return Array.from({ length: 32 }, (_, i) => (start + i) * step);
}

function highest(...bounds: readonly (number | undefined)[]) {
  const known = bounds.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

function lowest(...bounds: readonly (number | undefined)[]) {
  const known = bounds.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

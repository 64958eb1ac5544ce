import type { Alternatives, Repeated } from "./pattern_parts.ts";
import { parsePattern } from "./pattern_parts.ts";

/**
 * Texts that a regular expression probably matches, shortest first, up to about `length` characters. None
 * for what cannot be taken apart (backreferences); lookarounds are not obeyed.
 */
export function* patternTexts(
  pattern: string,
  length: number,
): Generator<string> {
  const parts = parsePattern(pattern);
  if (parts === undefined) return;
  const repeats = [...new Set([0, 1, 2, 3, 5, 8, 13, 21, 34, length])]
    .filter((each) => each <= 10_000);
  for (const repeat of repeats) {
    for (const variant of [0, 1, 2, 3]) {
      yield write(parts, { repeat, variant });
    }
  }
}

interface Taste {
  /** How often to repeat what may be repeated. */
  readonly repeat: number;
  /** Which alternative and which character to take. */
  readonly variant: number;
}

function write(alternatives: Alternatives, taste: Taste): string {
  const chosen = alternatives[taste.variant % alternatives.length] ?? [];
  return chosen.map((part) => writePart(part, taste)).join("");
}

function writePart({ atom, min, max }: Repeated, taste: Taste): string {
  const times = Math.max(min, Math.min(max, taste.repeat));
  if (atom.kind === "group") {
    return write(atom.alternatives, taste).repeat(times);
  }
  const { characters } = atom;
  return (characters[taste.variant % characters.length] ?? "").repeat(times);
}

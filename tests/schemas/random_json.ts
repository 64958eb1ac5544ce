import type { Json } from "../../schemas/mod.ts";

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const TEXTS = [
  "",
  "a",
  "true",
  "null",
  "~",
  "012",
  "1_000",
  "2025-01-01",
  "yes",
  "<<",
  "- a",
  "a: b",
  "# no comment",
  "x # y",
  "[a]",
  "{}",
  "*a",
  "&a",
  "!tag",
  "%",
  "@",
  "`",
  "'",
  '"',
  "\\",
  "multi\nline\n",
  "  blanks  ",
  "tab\t",
  "\u0007",
  "漢字",
  "👩‍👩‍👧",
  "\u2028",
  "__proto__",
  "|",
  ">-",
];

/** A JSON value with texts that are hard to read back. */
export function randomJson(next: () => number, depth = 4): Json {
  const pick = <T>(list: readonly T[], otherwise: T): T =>
    list[Math.floor(next() * list.length)] ?? otherwise;
  const size = Math.floor(next() * 4);
  const kind = next() * (depth > 0 ? 6 : 4);
  if (kind < 1) return pick([0, -1, 1.5, 1e21, 1e-7, 9007199254740991], 0);
  if (kind < 1.5) return pick([true, false, null], null);
  if (kind < 4) return pick(TEXTS, "");
  const below = () => randomJson(next, depth - 1);
  if (kind < 5) return Array.from({ length: size }, below);
  return Object.fromEntries(
    Array.from({ length: size }, () => [pick(TEXTS, "k"), below()]),
  );
}

/** A stream of pseudo-random 32-bit words that a text decides. */
export type RandomWords = () => number;

/** A generator (sfc32) seeded by a text: the same text gives the same words. */
export function seededWords(seed: string): RandomWords {
  let [a, b, c, d] = hashText(seed);
  const next = () => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 16; i++) next();
  return next;
}

/** A number in [0, 1) with 53 random bits, as `Math.random` gives. */
export function fraction(words: RandomWords): number {
  return ((words() >>> 5) * 2 ** 26 + (words() >>> 6)) / 2 ** 53;
}

/** Fills bytes in place. */
export function fillRandom(bytes: Uint8Array, words: RandomWords): void {
  for (let i = 0; i < bytes.length; i++) bytes[i] = words() >>> 24;
}

/** A version 4 UUID. */
export function randomUuid(
  words: RandomWords,
): `${string}-${string}-${string}-${string}-${string}` {
  const bytes = new Uint8Array(16);
  fillRandom(bytes, words);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toHex();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${
    hex.slice(16, 20)
  }-${hex.slice(20)}`;
}

/** Four 32-bit words of a text (FNV-1a with four offsets). */
function hashText(text: string): [number, number, number, number] {
  const hash = (offset: number) => {
    let value = 0x811c9dc5 ^ offset;
    for (const byte of new TextEncoder().encode(text)) {
      value = Math.imul(value ^ byte, 0x01000193);
    }
    return value | 0;
  };
  return [hash(1), hash(0x9e3779b9), hash(0x85ebca6b), hash(0xc2b2ae35)];
}

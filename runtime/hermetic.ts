import { fixClock } from "./clock.ts";
import { fillRandom, fraction, randomUuid, seededWords } from "./random.ts";
import { deny } from "./confine.ts";

/**
 * Makes what a Worker can see the same on every machine and at every time; called before a mock handler
 * is loaded. Answers a function that seeds the randomness anew, for the run it is given.
 *
 * Not covered: functions that a handler imports by name from `node:crypto`, which cannot be replaced.
 */
export function makeHermetic(seed: string): (seed: string) => void {
  let words = seededWords(seed);
  fixClock();
  fixRandomness(() => words());
  fixMachine();
  deny(globalThis, "Worker", "a nested Worker");
  return (next) => void (words = seededWords(next));
}

function fixRandomness(words: () => number): void {
  Math.random = () => fraction(words);
  Crypto.prototype.randomUUID = () => randomUuid(words);
  Crypto.prototype.getRandomValues = (array) => {
    if (array !== null) {
      const { buffer, byteOffset, byteLength } = array;
      fillRandom(new Uint8Array(buffer, byteOffset, byteLength), words);
    }
    return array;
  };
  deny(SubtleCrypto.prototype, "generateKey", "a random key");
}

/** What tells machines and processes apart. */
function fixMachine(): void {
  const fixed = { pid: 1, ppid: 0, args: [] };
  for (const [name, value] of Object.entries(fixed)) {
    Object.defineProperty(Deno, name, { value });
  }
  Object.defineProperty(navigator, "hardwareConcurrency", { value: 1 });
}

import type { Cid } from "../../schemas/mod.ts";
import { isCid, join } from "../../schemas/mod.ts";
import type { StoredBytes, StoredContent } from "../ports.ts";
import { namesIn } from "./folders.ts";

/** How many files are looked at at once. */
const BATCH = 64;

/** The file of a cid: `<hex[0..2]>/<hex>`. */
export function objectPlace(objectsDir: string, cid: Cid): string {
  const hex = cid.slice(3);
  return join(objectsDir, hex.slice(0, 2), hex);
}

/**
 * What is known about the file of a cid without reading it; undefined when it is not there. Asked at once: going to
 * another thread and back takes longer than the answer, and every run asks many times.
 */
export function statObject(
  objectsDir: string,
  cid: Cid,
): StoredContent | undefined {
  try {
    const { size, mtime } = Deno.statSync(objectPlace(objectsDir, cid));
    return { cid, size, usedAtMs: mtime?.getTime() ?? 0 };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Marks content as used now; undefined when it is not there. To be done under the store's lock. */
export function touchObject(
  objectsDir: string,
  cid: Cid,
): StoredBytes | undefined {
  const there = statObject(objectsDir, cid);
  if (there === undefined) return undefined;
  const now = new Date();
  Deno.utimeSync(objectPlace(objectsDir, cid), now, now);
  return { cid, size: there.size };
}

/** Every object, in order of cid. */
export async function* allObjects(
  objectsDir: string,
): AsyncGenerator<StoredContent> {
  for (const shard of namesIn(objectsDir)) {
    const cids = namesIn(join(objectsDir, shard))
      .map((hex): Cid => `b3:${hex}`)
      .filter((cid) => isCid(cid) && cid.startsWith(`b3:${shard}`));
    for (let start = 0; start < cids.length; start += BATCH) {
      const found = cids.slice(start, start + BATCH)
        .map((cid) => statObject(objectsDir, cid));
      yield* found.filter((each) => each !== undefined);
    }
  }
}

import type { Cid } from "../../schemas/mod.ts";
import { isCid, join } from "../../schemas/mod.ts";
import { ifThere } from "../if_there.ts";
import type { StoredBytes, StoredContent } from "../ports.ts";
import { namesIn } from "./folders.ts";

/** How many files are looked at at once. */
const BATCH = 64;

/** The file of a cid: `<hex[0..2]>/<hex>`. */
export function objectPlace(objectsDir: string, cid: Cid): string {
  const hex = cid.slice(3);
  return join(objectsDir, hex.slice(0, 2), hex);
}

/** What is known about the file of a cid without reading it; undefined when it is not there. */
export function statObject(
  objectsDir: string,
  cid: Cid,
): StoredContent | undefined {
  const info = infoOf(objectPlace(objectsDir, cid));
  return info && { cid, size: info.size, usedAtMs: info.atime?.getTime() ?? 0 };
}

/**
 * Marks content as used now; undefined when it is not there. To be done under the store's lock. The time of
 * modification stays, which tells when the file was written.
 */
export function touchObject(
  objectsDir: string,
  cid: Cid,
): StoredBytes | undefined {
  const place = objectPlace(objectsDir, cid);
  const info = infoOf(place);
  if (info === undefined) return undefined;
  const now = new Date();
  Deno.utimeSync(place, now, info.mtime ?? now);
  return { cid, size: info.size };
}

/** Which file has the bytes of a cid, and when it was written; undefined when it is not there. */
export function stampOfObject(
  objectsDir: string,
  cid: Cid,
): string | undefined {
  const info = infoOf(objectPlace(objectsDir, cid));
  if (info === undefined) return undefined;
  const { dev, ino, size, mtime } = info;
  return `${dev}-${ino}-${size}-${mtime?.getTime()}`;
}

/** Asked at once: going to another thread and back takes longer than the answer, and every run asks many times. */
function infoOf(place: string): Deno.FileInfo | undefined {
  return ifThere(() => Deno.statSync(place));
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

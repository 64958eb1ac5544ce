import { dirname, join } from "node:path";
import type { Cid } from "../../schemas/mod.ts";
import { createHasher } from "../../schemas/mod.ts";
import type { ArtifactStore, StoredBytes } from "../ports.ts";
import { syncFolder } from "./folders.ts";
import { incoming } from "./incoming.ts";
import { inStore, inStorePieces } from "./store_failure.ts";
import { verified } from "./verified.ts";

const PIECE_BYTES = 256 * 1024;

/** Where content is kept, and what failures call it. */
export interface ObjectPlaces {
  readonly folder: string;
  readonly objectsDir: string;
  readonly staging: string;
}

/** Content by cid, each a read-only file `<hex[0..2]>/<hex>`. */
export function objectFiles(
  { folder, objectsDir, staging }: ObjectPlaces,
): Pick<ArtifactStore, "put" | "open" | "stat"> {
  const placeOf = (cid: Cid) => objectPlace(objectsDir, cid);
  const stat = (cid: Cid) => inStore(folder, () => statFile(cid, placeOf(cid)));
  return {
    stat,
    async put(content) {
      const hasher = await createHasher();
      await using bytes = incoming(staging);
      for await (const piece of content) {
        const written = inStore(folder, () => bytes.write(piece));
        hasher.update(piece);
        await written;
      }
      const stored = { cid: hasher.cid(), size: bytes.size };
      const place = placeOf(stored.cid);
      await inStore(folder, async () => {
        if (!await holds(place, stored)) await bytes.commit(place);
      });
      return stored;
    },
    async open(cid) {
      if (await stat(cid) === undefined) return undefined;
      const pieces = verified(cid, piecesOf(placeOf(cid)));
      return ReadableStream.from(inStorePieces(folder, pieces));
    },
  };
}

function objectPlace(objectsDir: string, cid: Cid): string {
  const hex = cid.slice(3);
  return join(objectsDir, hex.slice(0, 2), hex);
}

async function statFile(
  cid: Cid,
  place: string,
): Promise<StoredBytes | undefined> {
  try {
    const { size } = await Deno.stat(place);
    return { cid, size };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Whether the store has the bytes for good: another process may have given them their name a moment
 * ago, without having had the disk keep the name yet. Bytes of another size are damaged, so not there.
 */
async function holds(
  place: string,
  { cid, size }: StoredBytes,
): Promise<boolean> {
  const there = await statFile(cid, place);
  if (there?.size !== size) return false;
  await syncFolder(dirname(place));
  return true;
}

/** Opens the file when the first piece is asked for, so that content nobody reads holds nothing open. */
async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  using file = await Deno.open(path, { read: true });
  for (;;) {
    const buffer = new Uint8Array(PIECE_BYTES);
    const count = await file.read(buffer);
    if (count === null) return;
    yield buffer.subarray(0, count);
  }
}

import { join } from "node:path";
import type { ArtifactStore, StoredBytes } from "../ports.ts";
import type { Cid } from "../../schemas/mod.ts";
import { createHasher } from "../../schemas/mod.ts";
import { syncFolder } from "./folders.ts";
import { incoming } from "./incoming.ts";
import { recordOf, requireBytes, selectRecords } from "./links.ts";
import { pathRecords } from "./path_records.ts";
import { sweepStaging } from "./staged_file.ts";
import { inStore, inStorePieces } from "./store_failure.ts";
import { verified } from "./verified.ts";

/** An artifact store in a folder. */
export interface FileStore extends ArtifactStore {
  /** Folder of content by cid: `<hex[0..2]>/<hex>`, read-only files. */
  readonly objectsDir: string;
  /** Removes what writers that were killed left half-written. Safe while others write. */
  sweep(): Promise<void>;
}

const PIECE_BYTES = 256 * 1024;

/**
 * The store in a folder that is made when first written to; for any number of processes at once.
 *
 * `objects/` holds content by cid, `paths/` a record for each world path, `tmp/` what is on its way.
 * Content is hashed while it is written, kept by the disk before it gets its name, and never changed
 * afterwards, so what has a name is whole. Needs read and write permission for the folder.
 */
export function fileStore(folder: string): FileStore {
  const objectsDir = join(folder, "objects");
  const staging = join(folder, "tmp");
  const records = pathRecords(join(folder, "paths"), staging);
  const placeOf = (cid: Cid) => objectPlace(objectsDir, cid);
  const stat = (cid: Cid) => inStore(folder, () => statObject(objectsDir, cid));
  return {
    objectsDir,
    sweep: () => inStore(folder, () => sweepStaging(staging)),
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
      await inStore(folder, async () => {
        if (await holds(objectsDir, stored)) return;
        await bytes.commit(placeOf(stored.cid));
      });
      return stored;
    },
    async open(cid) {
      if (await stat(cid) === undefined) return undefined;
      const pieces = piecesOf(placeOf(cid));
      return ReadableStream.from(inStorePieces(folder, verified(cid, pieces)));
    },
    async link(path, record) {
      await requireBytes({ stat }, record);
      await inStore(folder, () => records.write({ ...record, path }));
    },
    resolve: async (path) =>
      recordOf(await inStore(folder, () => records.read(path))),
    list: (prefix) => selectRecords(records.all(), prefix),
  };
}

function objectPlace(objectsDir: string, cid: Cid): string {
  const hex = cid.slice(3);
  return join(objectsDir, hex.slice(0, 2), hex);
}

async function statObject(
  objectsDir: string,
  cid: Cid,
): Promise<StoredBytes | undefined> {
  try {
    const { size } = await Deno.stat(objectPlace(objectsDir, cid));
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
  objectsDir: string,
  { cid, size }: StoredBytes,
): Promise<boolean> {
  const there = await statObject(objectsDir, cid);
  if (there?.size !== size) return false;
  await syncFolder(join(objectPlace(objectsDir, cid), ".."));
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

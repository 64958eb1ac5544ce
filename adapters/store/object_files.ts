import type { Cid } from "../../schemas/mod.ts";
import { createHasher, dirname, join } from "../../schemas/mod.ts";
import type { ArtifactStore, Pieces, Verdict } from "../ports.ts";
import { ensureFolder, syncFolder } from "./folders.ts";
import { incoming } from "./incoming.ts";
import {
  allObjects,
  objectPlace,
  statObject,
  touchObject,
} from "./object_places.ts";
import { inStore, inStorePieces } from "./store_failure.ts";
import type { StoreLock } from "./store_lock.ts";
import { verified } from "./verified.ts";

const PIECE_BYTES = 256 * 1024;

/** Where content is kept, and what failures call it. */
export interface ObjectPlaces {
  readonly folder: string;
  readonly objectsDir: string;
  readonly staging: string;
  readonly lock: StoreLock;
}

type Objects = Pick<
  ArtifactStore,
  "put" | "open" | "stat" | "claim" | "cids" | "verify" | "setAside"
>;

/** Content by cid, each a read-only file. */
export function objectFiles(places: ObjectPlaces): Objects {
  const { folder, objectsDir } = places;
  const stat = (cid: Cid) =>
    inStore(folder, () => {
      const there = statObject(objectsDir, cid);
      return there && { cid, size: there.size };
    });
  return {
    stat,
    put: (content) => put(content, places),
    async open(cid) {
      if (await stat(cid) === undefined) return undefined;
      const pieces = verified(cid, piecesOf(objectPlace(objectsDir, cid)));
      return ReadableStream.from(inStorePieces(folder, pieces));
    },
    claim: (cid) => inStore(folder, () => claim(cid, places)),
    cids: () => inStorePieces(folder, allObjects(objectsDir)),
    verify: (cid, onBytes) =>
      inStore(folder, () => verdictOn(cid, objectsDir, onBytes)),
    setAside: (cid) => inStore(folder, () => setAside(cid, places)),
  };
}

async function put(
  content: Pieces,
  places: ObjectPlaces,
) {
  const { folder, objectsDir, staging } = places;
  const hasher = await createHasher();
  await using bytes = incoming(staging);
  for await (const piece of content) {
    const written = inStore(folder, () => bytes.write(piece));
    hasher.update(piece);
    await written;
  }
  const stored = { cid: hasher.cid(), size: bytes.size };
  const place = objectPlace(objectsDir, stored.cid);
  await inStore(folder, async () => {
    const there = await claim(stored.cid, places);
    // Bytes of another size are damaged, so not there.
    if (there?.size !== stored.size) {
      await bytes.commit(place);
      // What was written a while ago may stand now where another process had just marked the same.
      await claim(stored.cid, places);
      return;
    }
    // Another process may have given them their name a moment ago, and the disk not kept it yet.
    await syncFolder(dirname(place));
  });
  return stored;
}

async function claim(cid: Cid, { objectsDir, lock }: ObjectPlaces) {
  if (statObject(objectsDir, cid) === undefined) return undefined;
  return await lock.alone(() => touchObject(objectsDir, cid));
}

async function verdictOn(
  cid: Cid,
  objectsDir: string,
  onBytes: (count: number) => void = () => {},
): Promise<Verdict> {
  try {
    const hasher = await createHasher();
    let size = 0;
    const place = objectPlace(objectsDir, cid);
    for await (const piece of piecesOf(place, { reuse: true })) {
      hasher.update(piece);
      size += piece.length;
      onBytes(piece.length);
    }
    return { state: hasher.cid() === cid ? "whole" : "damaged", size };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { state: "missing" };
    throw error;
  }
}

/** Moves the very file that was found damaged to `damaged/`: it may have been replaced meanwhile. */
async function setAside(
  cid: Cid,
  { folder, objectsDir, lock }: ObjectPlaces,
): Promise<string | undefined> {
  const place = objectPlace(objectsDir, cid);
  const before = await inodeOf(place);
  const { state } = await verdictOn(cid, objectsDir);
  if (state !== "damaged") return undefined;
  return await lock.alone(async () => {
    if (await inodeOf(place) !== before) return undefined;
    const aside = join(folder, "damaged", `${cid.slice(3)}-${before}`);
    await ensureFolder(dirname(aside));
    await Deno.rename(place, aside);
    await syncFolder(dirname(place));
    return aside;
  });
}

async function inodeOf(path: string): Promise<number | null | undefined> {
  try {
    return (await Deno.stat(path)).ino;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Opens the file when the first piece is asked for, so that content nobody reads holds nothing open. With
 * `reuse` a piece is good until the next one is asked for.
 */
async function* piecesOf(
  path: string,
  { reuse }: { readonly reuse: boolean } = { reuse: false },
): AsyncGenerator<Uint8Array> {
  using file = await Deno.open(path, { read: true });
  let buffer = new Uint8Array(PIECE_BYTES);
  for (;;) {
    if (!reuse) buffer = new Uint8Array(PIECE_BYTES);
    const count = await file.read(buffer);
    if (count === null) return;
    yield buffer.subarray(0, count);
  }
}

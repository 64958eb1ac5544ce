import type { Cid } from "../../schemas/mod.ts";
import { createHasher, dirname, join } from "../../schemas/mod.ts";
import type { ArtifactStore, Pieces } from "../ports.ts";
import { ensureFolder, syncFolder } from "./folders.ts";
import { incoming } from "./incoming.ts";
import {
  allObjects,
  objectPlace,
  stampOfObject,
  statObject,
  touchObject,
} from "./object_places.ts";
import { type OnBytes, piecesOf, verdictOn } from "./object_verdict.ts";
import { inStore, inStorePieces } from "./store_failure.ts";
import type { StoreLock } from "./store_lock.ts";
import { verified } from "./verified.ts";

/** Where content is kept, and what failures call it. */
export interface ObjectPlaces {
  readonly folder: string;
  readonly objectsDir: string;
  readonly staging: string;
  readonly lock: StoreLock;
}

type Objects = Pick<
  ArtifactStore,
  "put" | "open" | "stat" | "stamp" | "claim" | "cids" | "verify" | "setAside"
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
    stamp: (cid) => inStore(folder, () => stampOfObject(objectsDir, cid)),
    put: (content, onCheck) => put(content, places, onCheck),
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
  onCheck?: OnBytes,
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
    const { state } = await verdictOn(stored.cid, objectsDir, onCheck);
    const isThere = state === "whole" &&
      await claim(stored.cid, places) !== undefined;
    if (!isThere) {
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

import type { Cid } from "../../schemas/mod.ts";
import { createHasher } from "../../schemas/mod.ts";
import type { Verdict } from "../ports.ts";
import { objectPlace } from "./object_places.ts";

const PIECE_BYTES = 256 * 1024;

/** Bytes that are read sooner than another thread is asked to. */
const SMALL = 64 * 1024;

/** Called with how many more bytes were read. */
export type OnBytes = (count: number) => void;

/** Reads an object and says whether it has the hash that it is known by. */
export async function verdictOn(
  cid: Cid,
  objectsDir: string,
  onBytes: OnBytes = () => {},
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

/**
 * Opens the file when the first piece is asked for, so that content nobody reads holds nothing open. With
 * `reuse` a piece is good until the next one is asked for.
 */
export async function* piecesOf(
  path: string,
  { reuse }: { readonly reuse: boolean } = { reuse: false },
): AsyncGenerator<Uint8Array> {
  using file = Deno.openSync(path, { read: true });
  let buffer = new Uint8Array(SMALL);
  for (;;) {
    const count: number | null = buffer.length === SMALL
      ? file.readSync(buffer)
      : await file.read(buffer);
    if (count === null) return;
    yield buffer.subarray(0, count);
    // What fills the first one goes on for longer.
    const size = count < buffer.length ? buffer.length : PIECE_BYTES;
    if (!reuse || size > buffer.length) buffer = new Uint8Array(size);
  }
}

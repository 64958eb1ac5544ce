import type { Cid } from "../../schemas/mod.ts";
import { createHasher } from "../../schemas/mod.ts";
import type { PlainFile } from "../plain_file.ts";
import type { ArtifactStore, StoredBytes } from "../ports.ts";
import type { KnownFiles } from "./known_files.ts";

export interface StoreFileOptions {
  readonly store: ArtifactStore;
  readonly known?: KnownFiles;
  readonly signal: AbortSignal;
  /** Called after each piece with the bytes read so far. */
  readonly onBytes?: (done: number) => void;
}

/**
 * Sees to it that a file's bytes are in the store. A new file is read, hashed and written once, in one
 * go. A file known to be there is not even read; one that is likely to be there is read and hashed, and
 * written only if it is another one after all. None is known whose bytes in the store were written to since.
 */
export async function storeFile(
  file: PlainFile,
  options: StoreFileOptions,
): Promise<StoredBytes> {
  const readAtMs = Date.now();
  const { cid, size, stamp } = await storedBefore(file, options) ??
    await storedNow(file, options);
  if (stamp !== undefined) {
    await options.known?.remember(file.state, { cid, stamp, readAtMs });
  }
  return { cid, size };
}

/** Bytes in the store, with the stamp that is to be remembered of them, if any is. */
interface Found extends StoredBytes {
  readonly stamp?: string | undefined;
}

/** The file's bytes if they are in the store; with a stamp when the file was read to find out. */
async function storedBefore(
  file: PlainFile,
  options: StoreFileOptions,
): Promise<Found | undefined> {
  const { store, known } = options;
  const before = await known?.find(file.state);
  if (before === undefined) return undefined;
  const { stamp, certain } = before;
  const stored = await store.claim(before.cid);
  if (stored === undefined || stored.size !== file.state.size) return undefined;
  if (await store.stamp(stored.cid) !== stamp) return undefined;
  if (certain) return stored;
  const cid = await hashOf(watched(file, options));
  return cid === stored.cid ? { ...stored, stamp } : undefined;
}

/** Puts the file into the store, which has it whole then. */
async function storedNow(
  file: PlainFile,
  options: StoreFileOptions,
): Promise<Found> {
  const { store, signal, onBytes } = options;
  const stored = await store.put(watched(file, options), () => {
    signal.throwIfAborted();
    onBytes?.(file.state.size);
  });
  return { ...stored, stamp: await store.stamp(stored.cid) };
}

async function hashOf(content: AsyncIterable<Uint8Array>): Promise<Cid> {
  const hasher = await createHasher();
  for await (const piece of content) hasher.update(piece);
  return hasher.cid();
}

async function* watched(
  file: PlainFile,
  { signal, onBytes }: StoreFileOptions,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const piece of file.content()) {
    signal.throwIfAborted();
    yield piece;
    done += piece.length;
    onBytes?.(done);
  }
}

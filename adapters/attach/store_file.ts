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
 * written only if it is another one after all.
 */
export async function storeFile(
  file: PlainFile,
  options: StoreFileOptions,
): Promise<StoredBytes> {
  const { store, known } = options;
  const readAtMs = Date.now();
  const stored = await storedBefore(file, options) ??
    { ...await store.put(watched(file, options)), fresh: true };
  const { cid, size } = stored;
  if (stored.fresh) await known?.remember(file.state, cid, readAtMs);
  return { cid, size };
}

/** The file's bytes if they are in the store; `fresh` when the file was read to find out. */
async function storedBefore(
  file: PlainFile,
  options: StoreFileOptions,
): Promise<StoredBytes & { readonly fresh: boolean } | undefined> {
  const before = await options.known?.find(file.state);
  if (before === undefined) return undefined;
  const stored = await options.store.claim(before.cid);
  if (stored === undefined || stored.size !== file.state.size) return undefined;
  if (before.certain) return { ...stored, fresh: false };
  const cid = await hashOf(watched(file, options));
  return cid === stored.cid ? { ...stored, fresh: true } : undefined;
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

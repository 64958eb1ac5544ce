import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type {
  ArtifactRecord,
  ArtifactStore,
  StoredBytes,
} from "../../adapters/mod.ts";
import type { Cid, WorldPath } from "../../schemas/mod.ts";

/** Bytes that repeat only after a long while. */
export function pattern(size: number): Uint8Array {
  return Uint8Array.from(
    { length: size },
    (_, i) => (i * 31 + (i >> 8) * 7 + (i >> 16)) & 255,
  );
}

export function streamOf(
  ...pieces: readonly Uint8Array[]
): ReadableStream<Uint8Array> {
  return ReadableStream.from(pieces);
}

export async function read(
  store: ArtifactStore,
  cid: Cid,
): Promise<Uint8Array> {
  const content = await store.open(cid);
  assert.ok(content, `${cid} is not in the store`);
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

export async function stored(
  store: ArtifactStore,
  text: string,
  mime: string,
): Promise<ArtifactRecord> {
  const bytes: StoredBytes = await store.put(
    streamOf(new TextEncoder().encode(text)),
  );
  return { ...bytes, mime };
}

export function path(text: string): WorldPath {
  return text as WorldPath;
}

export async function listed(
  store: ArtifactStore,
  prefix: string,
): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const record of store.list(prefix)) paths.push(record.path);
  return paths;
}

import type { ArtifactStore } from "../ports.ts";
import type { Cid, WorldPath } from "../../schemas/mod.ts";
import { cidOf } from "../../schemas/mod.ts";
import { recordOf, requireBytes, selectRecords } from "./links.ts";
import type { PathRecord } from "./path_records.ts";
import { verified } from "./verified.ts";

/** A store that lasts as long as the process. The map of its content may be handed in. */
export function memoryStore(
  objects: Map<Cid, Uint8Array> = new Map(),
): ArtifactStore {
  const records = new Map<WorldPath, PathRecord>();
  const stat = (cid: Cid) => {
    const bytes = objects.get(cid);
    return Promise.resolve(bytes && { cid, size: bytes.length });
  };
  return {
    stat,
    async put(content) {
      const bytes = await allBytes(content);
      const cid = await cidOf(bytes);
      if (objects.get(cid)?.length !== bytes.length) objects.set(cid, bytes);
      return { cid, size: bytes.length };
    },
    open(cid) {
      const bytes = objects.get(cid);
      return Promise.resolve(
        bytes && ReadableStream.from(verified(cid, once(bytes))),
      );
    },
    async link(path, record) {
      await requireBytes({ stat }, record);
      const { cid, size, mime } = record;
      records.set(path, { path, cid, size, mime });
    },
    resolve: (path) => Promise.resolve(recordOf(records.get(path))),
    list: (prefix) => selectRecords(records.values(), prefix),
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes.slice();
}

async function allBytes(
  content: ReadableStream<Uint8Array>,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece.slice());
  const bytes = new Uint8Array(
    pieces.reduce((size, piece) => size + piece.length, 0),
  );
  pieces.reduce((offset, piece) => {
    bytes.set(piece, offset);
    return offset + piece.length;
  }, 0);
  return bytes;
}

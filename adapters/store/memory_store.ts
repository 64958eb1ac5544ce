import type { ArtifactStore, Pieces, StoredContent } from "../ports.ts";
import type { Cid, WorldPath } from "../../schemas/mod.ts";
import { cidOf, compareCodePoints } from "../../schemas/mod.ts";
import { recordOf, requireBytes, selectRecords } from "./links.ts";
import { memoryGarbage } from "./memory_garbage.ts";
import type { PathRecord } from "./path_records.ts";
import { verified } from "./verified.ts";

/** What a store in memory holds. */
export interface MemoryParts {
  readonly objects: Map<Cid, Uint8Array>;
  /** When content was put or claimed last. */
  readonly used: Map<Cid, number>;
  readonly records: Map<WorldPath, PathRecord>;
  readonly kept: Set<PathRecord>;
  /** When each session that goes on began. */
  readonly sessions: Set<{ readonly startedAtMs: number }>;
}

/** A store that lasts as long as the process. Maps of its content may be handed in. */
export function memoryStore(
  given: Partial<Pick<MemoryParts, "objects" | "used">> = {},
): ArtifactStore {
  const parts: MemoryParts = {
    objects: new Map(),
    used: new Map(),
    records: new Map(),
    kept: new Set(),
    sessions: new Set(),
    ...given,
  };
  return {
    ...memoryContent(parts),
    async link(path, record, { keep = false, after } = {}) {
      await after;
      requireBytes(claim(parts, record.cid), record);
      const { cid, size, mime } = record;
      parts.records.set(path, { path, cid, size, mime });
      if (keep) parts.kept.add({ path, cid, size, mime });
    },
    resolve: (path) => settled(() => recordOf(parts.records.get(path))),
    list: (prefix) => selectRecords(parts.records.values(), prefix),
    session() {
      const session = { startedAtMs: Date.now() };
      parts.sessions.add(session);
      return Promise.resolve({
        [Symbol.asyncDispose]: () =>
          settled(() => void parts.sessions.delete(session)),
      });
    },
    gc: (options) => memoryGarbage(parts, options),
  };
}

type Content = Pick<
  ArtifactStore,
  "put" | "open" | "stat" | "stamp" | "claim" | "cids" | "verify" | "setAside"
>;

function memoryContent(parts: MemoryParts): Content {
  const { objects, used } = parts;
  const stateOf = async (cid: Cid) => {
    const bytes = objects.get(cid);
    if (bytes === undefined) return { state: "missing" } as const;
    const whole = await cidOf(bytes) === cid;
    return { state: whole ? "whole" : "damaged", size: bytes.length } as const;
  };
  return {
    stat: (cid) => settled(() => stat(parts, cid)),
    async stamp(cid) {
      const bytes = objects.get(cid);
      return bytes && await cidOf(bytes);
    },
    claim: (cid) => settled(() => claim(parts, cid)),
    async verify(cid, onBytes) {
      const verdict = await stateOf(cid);
      if (verdict.state !== "missing") onBytes?.(verdict.size);
      return verdict;
    },
    cids: () => allContent(parts),
    async put(content) {
      const bytes = await allBytes(content);
      const cid = await cidOf(bytes);
      if ((await stateOf(cid)).state !== "whole") objects.set(cid, bytes);
      used.set(cid, Date.now());
      return { cid, size: bytes.length };
    },
    open(cid) {
      const bytes = objects.get(cid);
      return Promise.resolve(
        bytes && ReadableStream.from(verified(cid, once(bytes))),
      );
    },
    async setAside(cid) {
      if ((await stateOf(cid)).state !== "damaged") return undefined;
      objects.delete(cid);
      return "nowhere";
    },
  };
}

function stat({ objects }: MemoryParts, cid: Cid) {
  const bytes = objects.get(cid);
  return bytes && { cid, size: bytes.length };
}

function claim(parts: MemoryParts, cid: Cid) {
  const there = stat(parts, cid);
  if (there !== undefined) parts.used.set(cid, Date.now());
  return there;
}

async function* allContent(
  { objects, used }: MemoryParts,
): AsyncGenerator<StoredContent> {
  for (const cid of [...objects.keys()].sort(compareCodePoints)) {
    const size = objects.get(cid)?.length;
    if (size !== undefined) yield { cid, size, usedAtMs: used.get(cid) ?? 0 };
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes.slice();
}

async function allBytes(
  content: Pieces,
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

/** What a step answers or throws, as a promise. */
async function settled<T>(step: () => T): Promise<T> {
  return await step();
}

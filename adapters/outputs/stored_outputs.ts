import type {
  OutputRecord,
  WorldPath,
  WritePrefix,
} from "../../schemas/mod.ts";
import {
  cidOf,
  Failure,
  indexJson,
  indexPath,
  parseWorldPath,
  sortOutputs,
} from "../../schemas/mod.ts";
import type { ArtifactRecord, ArtifactStore, StoredBytes } from "../ports.ts";
import { printable } from "./printable.ts";

/** Where the outputs of a run go. */
export interface OutputTarget {
  readonly store: ArtifactStore;
  readonly writePrefix: WritePrefix;
  readonly executionId: string;
}

/** An output whose bytes can be read once, from the start. */
export interface OutputContent {
  readonly path: WorldPath;
  readonly mime: string;
  /** Puts the bytes into the store. */
  put(store: ArtifactStore): Promise<StoredBytes>;
}

/** How many outputs are stored at once. */
const BATCH = 8;

/**
 * Stores outputs, and only then names them and writes the index, so that neither leads to bytes that
 * are not there. Answers their records, sorted.
 */
export async function storeOutputs(
  contents: readonly OutputContent[],
  { store, executionId }: OutputTarget,
): Promise<readonly OutputRecord[]> {
  const index = indexPlace(executionId);
  requireDistinct([index, ...contents.map(({ path }) => path)]);
  const outputs = sortOutputs(
    await inBatches(contents, async ({ path, mime, put }) => {
      const { cid, size } = await put(store);
      return { path, cid, size_bytes: size, mime };
    }),
  );
  const bytes = new TextEncoder().encode(indexJson(outputs));
  // Known before the index is stored, so that its name can wait for the disk together with it.
  const mime = "application/json";
  const record = { cid: await cidOf(bytes), size: bytes.length, mime };
  const names = [...outputs.map(nameOf), { path: index, record }];
  const after = store.put([bytes]);
  // Together, because each waits for the disk.
  await inBatches<Promise<unknown>, unknown>([
    after,
    inBatches(
      names,
      ({ path, record }) => store.link(path, record, { after }),
    ),
  ], (each) => each);
  return outputs;
}

function nameOf({ path, cid, size_bytes, mime }: OutputRecord) {
  const record: ArtifactRecord = { cid, size: size_bytes, mime };
  return { path: path as WorldPath, record };
}

function requireDistinct(paths: readonly WorldPath[]): void {
  const seen = new Set<WorldPath>();
  for (const path of paths) {
    if (seen.has(path)) {
      throw new Failure(
        "ERR_OUTPUT_DUPLICATE",
        `Cannot store output "${path}": another one of this run has the same path`,
      );
    }
    seen.add(path);
  }
}

/** World path of the index; a failure when the execution id cannot be part of one. */
export function indexPlace(executionId: string): WorldPath {
  const place = parseWorldPath(indexPath(executionId));
  if (place.ok && place.path === indexPath(executionId)) return place.path;
  throw new Failure(
    place.ok ? "ERR_BAD_FACET" : place.problem.code,
    `Cannot use execution id "${
      printable(executionId)
    }": it cannot be part of a world path`,
  );
}

async function inBatches<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += BATCH) {
    const settled = await Promise.allSettled(
      items.slice(start, start + BATCH).map(work),
    );
    for (const each of settled) {
      if (each.status === "rejected") throw each.reason;
      results.push(each.value);
    }
  }
  return results;
}

import type { Cid, WorldPath } from "../../schemas/mod.ts";
import { compareCodePoints } from "../../schemas/mod.ts";
import type {
  GcOptions,
  GcReport,
  StoredBytes,
  StoredContent,
} from "../ports.ts";
import { removeIfThere } from "./folders.ts";
import { allObjects, objectPlace, statObject } from "./object_places.ts";
import type { PathRecord, PathRecords } from "./path_records.ts";
import { beginSession, oldestSession } from "./sessions.ts";
import { sweepStaging } from "./staged_file.ts";
import type { StoreLock } from "./store_lock.ts";

/** The parts of a store that garbage is collected from. */
export interface StoreParts {
  readonly objectsDir: string;
  readonly staging: string;
  readonly names: PathRecords;
  readonly kept: PathRecords;
  readonly lock: StoreLock;
}

/**
 * Removes content that nothing names, then the paths that led to it.
 *
 * Why it never removes what a run names, whatever happens meanwhile: first it is settled what is too new,
 * namely everything used since the oldest living session began. Then the names are read. A run marks
 * content as used within its session, and is recorded before that ends: if its session was over by
 * then, its record is read; if not, what it used is too new. A run that marks content just while it is looked
 * at is kept apart by the lock, under which its age is asked again.
 */
export async function collectGarbage(
  parts: StoreParts,
  options: GcOptions,
): Promise<GcReport> {
  const { objectsDir, staging, lock } = parts;
  const { dryRun } = options;
  const leftovers = await sweepStaging(staging, { dryRun });
  await using own = await beginSession(staging);
  const before = Math.min(
    own.startedAtMs - options.olderThanMs,
    await oldestSession(staging) ?? own.startedAtMs,
  );
  const named = await namedContent(parts, options);
  const removed: StoredBytes[] = [];
  const left = { count: 0, bytes: 0 };
  for await (const { cid, size, usedAtMs } of allObjects(objectsDir)) {
    const garbage = !named.has(cid) && usedAtMs < before &&
      (dryRun || await lock.alone(() => removeUnused(cid, parts, before)));
    if (garbage) removed.push({ cid, size });
    else {
      left.count += 1;
      left.bytes += size;
    }
  }
  const gone = new Set(removed.map(({ cid }) => cid));
  const paths = await removeNames(parts, gone, dryRun);
  return { removed, paths, leftovers, left };
}

/** Removes content if nobody has used it since it was looked at; answers whether it is gone. */
function removeUnused(
  cid: Cid,
  { objectsDir }: StoreParts,
  before: number,
): boolean {
  const now: StoredContent | undefined = statObject(objectsDir, cid);
  if (now !== undefined && now.usedAtMs >= before) return false;
  return removeIfThere(objectPlace(objectsDir, cid));
}

/** What runs name and paths keep. Ends the keeping of what is to be forgotten. */
async function namedContent(
  { kept }: StoreParts,
  { named, forget, dryRun }: GcOptions,
): Promise<ReadonlySet<Cid>> {
  const cids = new Set<Cid>();
  for await (const record of kept.all()) {
    const forgotten = forget.some((prefix) => record.path.startsWith(prefix));
    if (!forgotten) cids.add(record.cid);
    else if (!dryRun) await kept.remove(kept.keyOf(record));
  }
  for await (const cid of named()) cids.add(cid);
  return cids;
}

/** Removes the paths whose content is not there. */
async function removeNames(
  { names, objectsDir, lock }: StoreParts,
  gone: ReadonlySet<Cid>,
  dryRun: boolean,
): Promise<readonly WorldPath[]> {
  const paths: WorldPath[] = [];
  const leadsNowhere = (record: PathRecord | undefined) =>
    record !== undefined && (dryRun && gone.has(record.cid) ||
      statObject(objectsDir, record.cid) === undefined);
  for await (const record of names.all()) {
    const { path } = record;
    if (!leadsNowhere(record)) continue;
    const removed = dryRun || await lock.alone(async () => {
      if (!leadsNowhere(await names.read(path))) return false;
      await names.remove(path);
      return true;
    });
    if (removed) paths.push(path);
  }
  return paths.sort(compareCodePoints);
}

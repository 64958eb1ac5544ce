import type { Cid, WorldPath } from "../../schemas/mod.ts";
import { compareCodePoints } from "../../schemas/mod.ts";
import type { GcOptions, GcReport, StoredBytes } from "../ports.ts";
import type { MemoryParts } from "./memory_store.ts";

/** Removes from a store in memory what nothing names. */
export async function memoryGarbage(
  parts: MemoryParts,
  options: GcOptions,
): Promise<GcReport> {
  const now = Date.now();
  const sessions = [...parts.sessions].map(({ startedAtMs }) => startedAtMs);
  const before = Math.min(now - options.olderThanMs, now, ...sessions);
  const named = await namedContent(parts, options);
  const removed: StoredBytes[] = [];
  const left = { count: 0, bytes: 0 };
  for (const [cid, { length: size }] of parts.objects) {
    const garbage = !named.has(cid) && (parts.used.get(cid) ?? 0) < before;
    if (garbage) removed.push({ cid, size });
    else {
      left.count += 1;
      left.bytes += size;
    }
  }
  removed.sort((a, b) => compareCodePoints(a.cid, b.cid));
  const gone = new Set(removed.map(({ cid }) => cid));
  const paths = pathsTo(gone, parts);
  if (!options.dryRun) {
    for (const cid of gone) parts.objects.delete(cid);
    for (const path of paths) parts.records.delete(path);
  }
  return { removed, paths, leftovers: 0, left };
}

async function namedContent(
  { kept }: MemoryParts,
  { named, forget, dryRun }: GcOptions,
): Promise<ReadonlySet<Cid>> {
  const cids = new Set<Cid>();
  for (const record of [...kept]) {
    const forgotten = forget.some((prefix) => record.path.startsWith(prefix));
    if (!forgotten) cids.add(record.cid);
    else if (!dryRun) kept.delete(record);
  }
  for await (const cid of named()) cids.add(cid);
  return cids;
}

function pathsTo(
  gone: ReadonlySet<Cid>,
  { records, objects }: MemoryParts,
): readonly WorldPath[] {
  return [...records.values()]
    .filter(({ cid }) => gone.has(cid) || !objects.has(cid))
    .map(({ path }) => path)
    .sort(compareCodePoints);
}

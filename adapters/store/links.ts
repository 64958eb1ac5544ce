import type { ArtifactRecord, StoredBytes } from "../ports.ts";
import { compareCodePoints, Failure } from "../../schemas/mod.ts";
import type { PathRecord } from "./path_records.ts";

/** Refuses to name bytes that the store does not have: such a name would lead nowhere. */
export function requireBytes(
  there: StoredBytes | undefined,
  { cid, size }: StoredBytes,
): void {
  if (there?.size === size) return;
  throw new Failure(
    "ERR_STORE",
    there === undefined
      ? `Cannot link artifact "${cid}": its bytes are not in the store`
      : `Cannot link artifact "${cid}": it has ${there.size} bytes in the store, not ${size}`,
  );
}

/** What a path names, without the path. */
export function recordOf(
  found: PathRecord | undefined,
): ArtifactRecord | undefined {
  if (found === undefined) return undefined;
  const { cid, size, mime } = found;
  return { cid, size, mime };
}

/** The records whose path starts with a prefix, sorted as outputs are. */
export async function* selectRecords(
  records: AsyncIterable<PathRecord> | Iterable<PathRecord>,
  prefix: string,
): AsyncGenerator<PathRecord> {
  const selected: PathRecord[] = [];
  for await (const record of records) {
    if (record.path.startsWith(prefix)) selected.push(record);
  }
  yield* selected.sort((a, b) => compareCodePoints(a.path, b.path));
}

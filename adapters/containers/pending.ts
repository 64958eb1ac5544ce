import { removeIfThere } from "../sandbox/place.ts";

/**
 * A file beside the record of an instance that says: something is being made for it on an engine. Whoever finds it
 * while nobody holds the lock of the instance knows that its maker was killed.
 */
export function pendingPath(record: string): string {
  return record.replace(/\.json$/, ".pending");
}

/** Says so; answers what unsays it. */
export async function pending(record: string): Promise<() => Promise<void>> {
  const path = pendingPath(record);
  await Deno.writeTextFile(path, "", { mode: 0o600 });
  return () => removeIfThere(path);
}

/** Whether it is said of an instance. */
export function isPending(record: string): Promise<boolean> {
  return Deno.stat(pendingPath(record)).then(() => true, () => false);
}

import type { InstanceContainer } from "../engine_port.ts";
import { removeIfThere } from "../sandbox/place.ts";
import type { EngineAddress } from "./addresses.ts";

/**
 * A file beside the record of an instance that says: something is being made for it on the engine at the address that
 * it holds. Whoever finds it while nobody holds the lock of the instance knows that its maker was killed.
 */
export function pendingPath(record: string): string {
  return record.replace(/\.json$/, ".pending");
}

/** Says so; answers what unsays it. */
export async function pending(
  record: string,
  { url }: EngineAddress,
): Promise<() => Promise<void>> {
  const path = pendingPath(record);
  await Deno.writeTextFile(path, url, { mode: 0o600 });
  return () => removeIfThere(path);
}

/** Where something was being made for an instance, which older files do not tell; undefined when nothing was. */
export async function pendingOn(
  record: string,
): Promise<Pick<InstanceContainer, "engine"> | undefined> {
  try {
    const engine = await Deno.readTextFile(pendingPath(record));
    return engine === "" ? {} : { engine };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

import { Failure } from "../../schemas/mod.ts";
import { withLock } from "./lock.ts";
import { instancesDir, makePrivate, type Place, placeOf } from "./place.ts";

/** Whose place it is, and how long others are waited for. */
export interface Turn {
  readonly stateDir: string;
  readonly ref: string;
  /** Ends the waiting; its reason is thrown. */
  readonly signal: AbortSignal;
}

/** Does something at the place of a ref's instance, on whatever engine, while nobody else starts or stops it. */
export async function atPlace<T>(
  { stateDir, ref, signal }: Turn,
  action: (place: Place) => Promise<T>,
): Promise<T> {
  const place = placeOf(stateDir, ref);
  await makePrivate(instancesDir(stateDir));
  return await withLock(place.lock, signal, () => action(place));
}

/** Does the same for a start: `ERR_START_TIMEOUT` when others take longer than it may wait. */
export async function startAtPlace<T>(
  { waitMs, ...turn }: Turn & { readonly waitMs: number },
  action: (place: Place) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.timeout(waitMs);
  const signal = AbortSignal.any([turn.signal, limit]);
  try {
    return await atPlace({ ...turn, signal }, action);
  } catch (error) {
    if (error !== limit.reason || !limit.aborted) throw error;
    throw new Failure(
      "ERR_START_TIMEOUT",
      `Cannot start "${turn.ref}": another start or stop of it takes longer than ${
        waitMs / 1000
      } s`,
    );
  }
}

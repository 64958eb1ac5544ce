import { Failure } from "../../schemas/mod.ts";
import { httpClient } from "../transports/http_client.ts";
import { healthOf } from "./health.ts";
import type { SandboxParts } from "./parts.ts";
import { pause } from "./pause.ts";
import type { Place } from "./place.ts";
import { removeIfThere } from "./place.ts";
import { atPlace } from "./place_lock.ts";
import { killServer } from "./kill.ts";
import type { SandboxRecord } from "./record.ts";
import { isSandboxRecord, readRecord } from "./record.ts";

/** Milliseconds for the answer to a shutdown request, and then for the server to be gone. */
const SHUTDOWN_WITHIN = 5000;

/** Ends the instance of a ref and removes what it leaves, its log excepted; false when there is no record of one. */
export async function stopInstance(
  parts: SandboxParts,
  ref: string,
  signal = new AbortController().signal,
): Promise<boolean> {
  const { stateDir } = parts;
  return await atPlace({ stateDir, ref, signal }, async (place) => {
    const record = readRecord(place.record);
    if (!isSandboxRecord(record)) return false;
    await endRecorded(parts, record, place);
    return true;
  });
}

/**
 * Makes sure that a recorded server is gone, then removes its record and its runs: it is asked to end,
 * and killed when it says nothing. `ERR_STOP` when that is not possible.
 */
export async function endRecorded(
  parts: SandboxParts,
  record: SandboxRecord,
  place: Place,
): Promise<void> {
  const health = await healthOf(record);
  const gone = health === "gone" || health === "other" ||
    ((health === "running" || health === "ending") && await shutDown(record));
  if (!gone) await killServer(parts, record);
  await removeIfThere(place.known);
  await removeIfThere(place.record);
  await removeIfThere(place.runsDir);
}

/** Asks a server to end; answers whether it did in time. */
async function shutDown(record: SandboxRecord): Promise<boolean> {
  const deadline = AbortSignal.timeout(SHUTDOWN_WITHIN);
  using client = httpClient(record.url);
  try {
    const response = await fetch(new URL("/shutdown", record.url), {
      client,
      method: "POST",
      headers: { authorization: `Bearer ${record.token}` },
      signal: deadline,
    });
    await response.body?.cancel();
    if (response.status === 401) throw notOurs(record);
    while (await healthOf(record) !== "gone") await pause(20, deadline);
    return true;
  } catch (error) {
    if (error instanceof Failure || error instanceof Deno.errors.NotCapable) {
      throw error;
    }
    return await healthOf(record) === "gone";
  }
}

function notOurs({ ref, pid }: SandboxRecord): Failure {
  return new Failure(
    "ERR_UNAUTHORIZED",
    `Cannot stop "${ref}": the process ${pid} does not accept its recorded token`,
  );
}

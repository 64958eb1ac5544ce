import type { Engine } from "../ports.ts";
import { processorDigest } from "./digest.ts";
import type { Ephemeral, EphemeralRequest } from "./ephemeral.ts";
import { startEphemeral } from "./ephemeral.ts";
import { statusOf } from "./find.ts";
import { logLines } from "./logs.ts";
import type { SandboxParts } from "./parts.ts";
import { placeOf } from "./place.ts";
import { listRecords, readRecord } from "./record.ts";
import { startInstance } from "./start.ts";
import { stopInstance } from "./stop.ts";

/** An engine that can also run a server for one mock run. */
export interface SandboxEngine extends Engine {
  ephemeral(request: EphemeralRequest): Promise<Ephemeral>;
}

/**
 * The engine of Deno child processes. Needs read and write of its state folder, read of the processors'
 * folders, permission to run `parts.denoCommand`, and the network of 127.0.0.1.
 */
export function sandboxEngine(parts: SandboxParts): SandboxEngine {
  return {
    name: "sandbox",
    digest: ({ dir }) => processorDigest(dir),
    start: (request) => startInstance(parts, request),
    async find(ref) {
      const record = await readRecord(placeOf(parts.stateDir, ref).record);
      return record === undefined ? undefined : await statusOf(record);
    },
    async list() {
      const records = await listRecords(parts.stateDir);
      return await Promise.all(records.map(statusOf));
    },
    stop: (ref) => stopInstance(parts, ref),
    logs: (ref, options) => logLines(parts, ref, options),
    ephemeral: (request) => startEphemeral(parts, request),
  };
}

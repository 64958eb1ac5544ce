import type { Engine, StartRequest } from "../ports.ts";
import type { Ephemeral, EphemeralRequest } from "./ephemeral.ts";
import { statusOf } from "./find.ts";
import { knownDigest } from "./known_digest.ts";
import type { SandboxParts } from "./parts.ts";
import { placeOf } from "./place.ts";
import type { SandboxRecord } from "./record.ts";
import { isSandboxRecord, listRecords, readRecord } from "./record.ts";
import type { SandboxInstance } from "./start.ts";

/** An engine that can also run a server for one mock run. */
export interface SandboxEngine extends Engine {
  start(request: StartRequest): Promise<SandboxInstance>;
  ephemeral(request: EphemeralRequest): Promise<Ephemeral>;
}

/**
 * The engine of Deno child processes. Needs read and write of its state folder, read of the processors'
 * folders, permission to run `parts.denoCommand`, and the network of 127.0.0.1.
 */
export function sandboxEngine(parts: SandboxParts): SandboxEngine {
  return {
    name: "sandbox",
    digest: ({ dir, entry }) =>
      knownDigest(dir, {
        memory: placeOf(parts.stateDir, entry.ref).known,
        now: parts.now,
      }),
    async start(request) {
      const { startInstance } = await load<typeof import("./start.ts")>(
        "start",
      );
      return await startInstance(parts, request);
    },
    recorded(ref) {
      const record = recordOf(parts, ref);
      return Promise.resolve(record && { ...record, alreadyRunning: true });
    },
    async find(ref) {
      const record = recordOf(parts, ref);
      return record && await statusOf(record);
    },
    async list() {
      const records = await listRecords(parts.stateDir);
      return await Promise.all(records.filter(isSandboxRecord).map(statusOf));
    },
    async stop(ref, signal) {
      const { stopInstance } = await load<typeof import("./stop.ts")>("stop");
      return await stopInstance(parts, ref, signal);
    },
    async *logs(ref, options) {
      const { logLines } = await load<typeof import("./logs.ts")>("logs");
      yield* logLines(parts, ref, options);
    },
    async ephemeral(request) {
      const { startEphemeral } = await load<typeof import("./ephemeral.ts")>(
        "ephemeral",
      );
      return await startEphemeral(parts, request);
    },
  };
}

function recordOf(
  { stateDir }: SandboxParts,
  ref: string,
): SandboxRecord | undefined {
  const record = readRecord(placeOf(stateDir, ref).record);
  return isSandboxRecord(record) ? record : undefined;
}

/**
 * Loads a module of this folder. By a computed address, because what Deno sees as an import it reads at
 * start, and a run on a warm instance needs none of them.
 */
function load<M>(name: string): Promise<M> {
  return import(new URL(`./${name}.ts`, import.meta.url).href);
}

import type { Entry } from "../../schemas/mod.ts";
import type {
  Engine,
  EngineKind,
  ImageComparison,
  Instance,
  InstanceStatus,
  StartRequest,
} from "../ports.ts";
import type { ContainerParts } from "./parts.ts";
import { placeOf } from "../sandbox/place.ts";
import { type InstanceRecord, readRecord } from "../sandbox/record.ts";
import { runsElsewhere } from "../sandbox/runs_elsewhere.ts";

/** Both engines of one state folder. */
export interface BothEngines {
  /** Absolute. */
  readonly stateDir: string;
  readonly sandbox: Engine;
  /** Asked for when something is done with a container. */
  readonly containers: () => Promise<ContainerParts>;
}

/** What is started on one engine or the other, and found on whichever it was started. */
export interface EitherEngine extends Engine {
  start(request: EitherRequest): Promise<Instance>;
  compare(status: InstanceStatus, entry?: Entry): Promise<ImageComparison>;
  endOthers(signal?: AbortSignal): Promise<readonly string[]>;
  removeLeft(ref: string, signal: AbortSignal): Promise<void>;
}

export interface EitherRequest extends StartRequest {
  /** Default: where an instance runs already, else the sandbox for entries with a handler. */
  readonly engine?: EngineKind | undefined;
}

/** One engine out of two: what is recorded of an instance says which. */
export function eitherEngine(both: BothEngines): EitherEngine {
  const { stateDir, sandbox } = both;
  const recordOf = (ref: string) => readRecord(placeOf(stateDir, ref).record);
  const containerEngine = async () => {
    const engine: typeof import("./container_engine.ts") = await import(
      new URL("./container_engine.ts", import.meta.url).href
    );
    return engine.containerEngine(await both.containers());
  };
  const engineOf = (kind: EngineKind | undefined) =>
    kind === "docker" ? containerEngine() : Promise.resolve(sandbox);
  const holderOf = async (ref: string) => await engineOf(recordOf(ref)?.engine);
  return {
    name: "sandbox",
    async digest(processor, instance) {
      const engine = await engineOf(instance?.engine);
      return await engine.digest(processor, instance);
    },
    async start(request) {
      const record = recordOf(request.processor.entry.ref);
      const kind = await kindFor(request, record, holderOf);
      return await (await engineOf(kind)).start(request);
    },
    recorded(ref) {
      const record = recordOf(ref);
      return Promise.resolve(record && { ...record, alreadyRunning: true });
    },
    find: async (ref) => await (await holderOf(ref)).find(ref),
    async list() {
      const containers = await containerEngine();
      const lists = [sandbox.list(), containers.list()];
      const all = (await Promise.all(lists)).flat();
      return all.sort((a, b) => compareRefs(a, b));
    },
    async stop(ref, signal) {
      const record = recordOf(ref);
      // Whose start goes on is recorded nowhere yet: who stops on an engine waits for it, and then sees what is recorded.
      if (record?.container === undefined && await sandbox.stop(ref, signal)) {
        return true;
      }
      // What a killed start left is recorded nowhere, either.
      return await (await containerEngine()).stop(ref, signal);
    },
    compare: async (status, entry) =>
      await (await containerEngine()).compare?.(status, entry) ??
        { running: status.instance.digest, source: "recorded" },
    async endOthers(signal) {
      return await (await containerEngine()).endOthers?.(signal) ?? [];
    },
    removeLeft: async (ref, signal) =>
      await (await containerEngine()).removeLeft?.(ref, signal),
    secretValues: async (instance) =>
      await (await engineOf(instance.engine)).secretValues?.(instance) ?? [],
    async *logs(ref, options) {
      const engine = await holderOf(ref);
      yield* engine.logs(ref, options);
    },
  };
}

function compareRefs(a: InstanceStatus, b: InstanceStatus): number {
  return a.instance.ref < b.instance.ref ? -1 : 1;
}

/** Which engine is to start it. What another one has recorded is let go first, if it does not run any more. */
async function kindFor(
  { engine, processor: { entry }, hermetic, signal }: EitherRequest,
  record: InstanceRecord | undefined,
  holderOf: (ref: string) => Promise<Engine>,
): Promise<EngineKind> {
  const asked = hermetic ? "docker" : engine;
  const fresh = entry.handler === undefined ? "docker" : "sandbox";
  if (record === undefined) return asked ?? fresh;
  if (asked === undefined || asked === record.engine) return record.engine;
  const holder = await holderOf(entry.ref);
  const status = await holder.find(entry.ref);
  if (status !== undefined && status.state !== "stale") {
    throw runsElsewhere(record, asked);
  }
  await holder.stop(entry.ref, signal);
  return asked;
}

import { requirePinned } from "../images/pinned.ts";
import { hostPlatform } from "../images/platform.ts";
import type { Engine, Instance, SnapshotEntry } from "../ports.ts";
import { placeOf } from "../sandbox/place.ts";
import { listRecords, readRecord } from "../sandbox/record.ts";
import type { ContainerParts } from "./parts.ts";

/**
 * The engine of containers, on Docker or Podman. Needs read and write of its state folder, and what talking to the
 * engine takes: read and write of its socket, the network of `unix:` and that path, and 127.0.0.1.
 */
export function containerEngine(parts: ContainerParts): Engine {
  return {
    name: "docker",
    digest: (processor, instance) => digestOf(parts, processor, instance),
    async start(request) {
      const { startContainer } = await load<
        typeof import("./start_container.ts")
      >("start_container");
      return await told(startContainer(parts, request));
    },
    recorded(ref) {
      const record = readRecord(placeOf(parts.stateDir, ref).record);
      return Promise.resolve(
        record?.container && { ...record, alreadyRunning: true },
      );
    },
    async find(ref) {
      const record = readRecord(placeOf(parts.stateDir, ref).record);
      if (record?.container === undefined) return undefined;
      const { findContainer } = await load<
        typeof import("./find_container.ts")
      >("find_container");
      return await told(findContainer(parts, record));
    },
    async list() {
      const { listContainers } = await load<
        typeof import("./list_containers.ts")
      >("list_containers");
      return await told(listContainers(parts));
    },
    async stop(ref, signal) {
      const { stopContainer } = await stops();
      return await told(stopContainer(parts, ref, signal));
    },
    async removeLeft(ref, signal) {
      const { removeLeft } = await stops();
      await told(removeLeft(parts, ref, signal));
    },
    async compare(status, entry) {
      const { compareImage } = await load<
        typeof import("./compare_image.ts")
      >("compare_image");
      return compareImage(status, entry);
    },
    async endOthers(signal) {
      const { endOthers } = await stops();
      const records = await listRecords(parts.stateDir);
      const ids = records.flatMap(({ container }) => container?.id ?? []);
      return await told(endOthers(parts, new Set(ids), signal));
    },
    secretValues: (instance) => secretsOf(parts, instance),
    async *logs(ref, options) {
      const { containerLogs } = await load<
        typeof import("./container_logs.ts")
      >("container_logs");
      yield* toldAll(containerLogs(parts, ref, options));
    },
  };
}

function stops() {
  return load<typeof import("./stop_container.ts")>("stop_container");
}

async function secretsOf(
  parts: ContainerParts,
  instance: Instance,
): Promise<readonly string[]> {
  const { secretValuesOf } = await load<typeof import("./secret_values.ts")>(
    "secret_values",
  );
  return await told(secretValuesOf(parts, instance));
}

async function digestOf(
  parts: ContainerParts,
  processor: SnapshotEntry,
  instance: Instance | undefined,
): Promise<string> {
  if (instance === undefined) {
    return requirePinned(processor.entry, hostPlatform()).digest;
  }
  const { verifiedDigest } = await load<typeof import("./running_image.ts")>(
    "running_image",
  );
  return await told(verifiedDigest(parts, processor, instance));
}

/** Errors of the engine as users are told them. */
async function told<T>(doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (error) {
    throw await failureOf(error);
  }
}

async function* toldAll<T>(doing: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* doing;
  } catch (error) {
    throw await failureOf(error);
  }
}

async function failureOf(error: unknown): Promise<unknown> {
  const { engineFailure } = await load<typeof import("./engine_failure.ts")>(
    "engine_failure",
  );
  return engineFailure(error);
}

/** Loads a module of this folder, by a computed address: see `sandboxEngine`. */
function load<M>(name: string): Promise<M> {
  return import(new URL(`./${name}.ts`, import.meta.url).href);
}

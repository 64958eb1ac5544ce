import type { Entry } from "../../schemas/mod.ts";
import type {
  Engine,
  Instance,
  InstanceStatus,
  Line,
  SnapshotEntry,
  Transport,
} from "../ports.ts";

/** An instance that was started once, and what is known of it. */
export interface Found {
  readonly found: InstanceStatus | undefined;
  /** Of an instance that runs, if it could be made. */
  readonly line?: Line | undefined;
  /** What an instance of the entry would run that was started now. */
  readonly digest: Promise<string>;
}

/** The instance of a processor. One that takes the connection for the run is not asked how it is besides. */
export async function findInstance(
  { engine, transport }: {
    readonly engine: Engine;
    readonly transport: Transport;
  },
  processor: SnapshotEntry,
): Promise<Found | undefined> {
  const { entry } = processor;
  const instance = await engine.recorded(entry.ref);
  if (instance === undefined) return undefined;
  const url = runUrl(instance, entry);
  const isOurs = instance.layout === "per-run";
  const meeting = isOurs ? transport.meet?.({ ...instance, url }) : undefined;
  // While the connection is made.
  const digest = engine.digest(processor, instance);
  digest.catch(() => {});
  const line = await meeting;
  return line === undefined
    ? { found: await engine.find(entry.ref), digest }
    : { found: { instance, state: "running" }, line, digest };
}

/** Where an instance takes runs. */
export function runUrl({ layout, url }: Instance, { api }: Entry): string {
  return new URL(layout === "per-run" ? "/run" : api.path, url).href;
}

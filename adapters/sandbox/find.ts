import type { InstanceStatus } from "../ports.ts";
import { healthOf } from "./health.ts";
import type { InstanceRecord } from "./record.ts";

/** A recorded instance, with what it does at this moment. */
export async function statusOf(
  record: InstanceRecord,
): Promise<InstanceStatus> {
  const health = await healthOf(record);
  return {
    instance: { ...record, alreadyRunning: true },
    state: health === "running" ? "running" : "stale",
  };
}

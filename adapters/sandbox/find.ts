import type { InstanceStatus } from "../ports.ts";
import { askHealth } from "./health.ts";
import type { InstanceRecord } from "./record.ts";

/** A recorded instance, with what it does at this moment. */
export async function statusOf(
  record: InstanceRecord,
): Promise<InstanceStatus> {
  const { health, why } = await askHealth(record);
  const instance = { ...record, alreadyRunning: true };
  if (why !== undefined) return { instance, state: "ending", why };
  return { instance, state: health === "running" ? "running" : "stale" };
}

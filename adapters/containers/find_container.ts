import type { InstanceStatus } from "../ports.ts";
import type { InstanceRecord } from "../sandbox/record.ts";
import { containerStatus } from "./container_status.ts";
import { openEngineIfThere } from "./open_engine.ts";
import type { ContainerParts } from "./parts.ts";

/** A recorded container, with what it does at this moment. */
export async function findContainer(
  parts: ContainerParts,
  record: InstanceRecord,
): Promise<InstanceStatus> {
  const engine = await openEngineIfThere(parts);
  return await containerStatus(record, engine?.docker);
}

import type { InstanceStatus } from "../ports.ts";
import type { InstanceRecord } from "../sandbox/record.ts";
import { containerStatus } from "./container_status.ts";
import { engineIfThere } from "./find_engine.ts";
import { lightDocker } from "./light_docker.ts";
import type { ContainerParts } from "./parts.ts";

/** A recorded container, with what it does at this moment. */
export async function findContainer(
  parts: ContainerParts,
  record: InstanceRecord,
): Promise<InstanceStatus> {
  const addresses = await parts.permitted(parts.addresses, false);
  const found = await engineIfThere(addresses);
  return await containerStatus(
    record,
    found && { ...found, docker: lightDocker(found.at) },
  );
}

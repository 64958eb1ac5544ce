import type { InstanceContainer } from "../engine_port.ts";
import type { Place } from "../sandbox/place.ts";
import { inspected } from "./container_status.ts";
import { filtersOf } from "./labels.ts";
import { listed } from "./listed.ts";
import type { OpenEngine } from "./open_engine.ts";
import { isOfOther, onOther } from "./other_engine.ts";
import { pendingOn, pendingPath } from "./pending.ts";

/** What is gone has ended, where it would be if it were not. `file` tells of the container. */
export async function requireHere(
  { docker, address }: OpenEngine,
  container: InstanceContainer & {
    readonly ref: string;
    readonly file: string;
  },
): Promise<void> {
  if (!isOfOther(container, address)) return;
  if (await inspected(docker, container.id) !== undefined) return;
  throw onOther(container, address);
}

/** What a killed start was making can be removed where it was made; one engine may be got to by several addresses. */
export async function requirePendingHere(
  { docker, address }: OpenEngine,
  ref: string,
  { record, stateDir }: Place,
): Promise<void> {
  const made = await pendingOn(record);
  if (made === undefined || !isOfOther(made, address)) return;
  if ((await listed(docker, filtersOf({ ref, stateDir }))).length > 0) return;
  throw onOther({ ...made, ref, file: pendingPath(record) }, address);
}

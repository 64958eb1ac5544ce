import type { Cid } from "../../schemas/mod.ts";
import type { RunRecord } from "./journal.ts";

/** Everything in the store that a record leads to. */
export function cidsOf(record: RunRecord): readonly Cid[] {
  const { inputs, registry_snapshot, index, attachments, envelope } = record;
  const single = [inputs, registry_snapshot, index];
  return [
    ...single.filter((cid) => cid !== undefined),
    ...attachments.map(({ cid }) => cid),
    ...(envelope?.status === "success"
      ? envelope.outputs.map(({ cid }) => cid)
      : []),
  ];
}

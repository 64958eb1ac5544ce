import { Failure } from "../../schemas/mod.ts";
import type { EngineKind } from "../ports.ts";
import type { InstanceRecord } from "./record.ts";

/** The failure for a start on one engine of what runs on another. */
export function runsElsewhere(
  { ref, engine }: InstanceRecord,
  asked: EngineKind,
): Failure {
  return new Failure(
    "ERR_USAGE",
    `Cannot start "${ref}" on the engine ${asked}: it runs already, on the engine ${engine}`,
    { hint: `localctl stop --ref ${ref}` },
  );
}

import type { JsonObject, ServerConfig } from "../../schemas/mod.ts";
import { Failure, fileUrl, join } from "../../schemas/mod.ts";
import type { SnapshotEntry } from "../ports.ts";

/** What differs between the servers of one processor. */
export interface ConfigChoice {
  readonly port: number;
  readonly token: string;
  readonly runsDir: string;
  readonly objectsDir?: string | undefined;
  readonly logFile?: string;
  readonly allowNet: readonly string[];
  readonly secrets: readonly string[];
  readonly endWithStdin: boolean;
  readonly awaitKeep?: boolean;
  readonly digest: string;
}

/** Where sandbox servers listen. */
export const HOSTNAME = "127.0.0.1";

/** What a server of a processor is told; `ERR_ENGINE_UNAVAILABLE` when its entry has no handler. */
export function serverConfig(
  { entry, dir }: SnapshotEntry,
  { objectsDir, ...choice }: ConfigChoice,
): ServerConfig {
  const { handler } = entry;
  if (handler === undefined) throw noHandler(entry.ref);
  return {
    ref: entry.ref,
    entry: toJsonObject(entry),
    handlers: {
      mock: fileUrl(join(dir, handler.mock)),
      real: fileUrl(join(dir, handler.real)),
    },
    hostname: HOSTNAME,
    ...(objectsDir === undefined ? {} : { objectsDir }),
    ...choice,
  };
}

/** An entry is data only; this leaves out what is undefined. */
function toJsonObject(entry: SnapshotEntry["entry"]): JsonObject {
  return JSON.parse(JSON.stringify(entry)) as JsonObject;
}

function noHandler(ref: string): Failure {
  return new Failure(
    "ERR_ENGINE_UNAVAILABLE",
    `Cannot use the sandbox for "${ref}": its entry names no handler`,
    { hint: "Add a handler to its registry.yaml, or use --engine docker" },
  );
}

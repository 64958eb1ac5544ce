import { Failure, fileUrl, resolveAllowNet, UNPINNED } from "./schemas.ts";
import type { Entry, JsonObject, ServerConfig } from "./schemas.ts";

/** What tells a server in a container how it was started. */
export interface ContainerPlace {
  /** Folder of its `registry.yaml`. */
  readonly dir: string;
  readonly env: (name: string) => string | undefined;
  /** Holds one folder per run; default `/artifacts`. */
  readonly runsDir?: string | undefined;
}

/**
 * How a container serves a processor, by its environment: `THEORY_TOKEN` is what requests have to show, `IMAGE_DIGEST`
 * what it says is running; secrets have their own names. Throws `ERR_ENGINE_UNAVAILABLE` when the entry has no handler.
 */
export function containerConfig(
  entry: Entry,
  { dir, env, runsDir = "/artifacts" }: ContainerPlace,
): ServerConfig {
  const { ref, handler, secrets, image } = entry;
  if (handler === undefined) throw noHandler(ref);
  const at = (file: string) => fileUrl(`${dir}/${file}`);
  const token = env("THEORY_TOKEN");
  return {
    ref,
    entry: entry as unknown as JsonObject,
    handlers: { mock: at(handler.mock), real: at(handler.real) },
    hostname: "0.0.0.0",
    port: image.build?.port ?? 8000,
    ...(token ? { token } : {}),
    runsDir,
    allowNet: resolveAllowNet(entry, env),
    secrets: [...secrets.required, ...secrets.optional],
    endWithStdin: false,
    digest: env("IMAGE_DIGEST") || UNPINNED,
  };
}

function noHandler(ref: string): Failure {
  return new Failure(
    "ERR_ENGINE_UNAVAILABLE",
    `Cannot serve "${ref}" in a container: its entry names no handler`,
  );
}

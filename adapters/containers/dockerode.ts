/** The client of engines' APIs; loaded late, see `openDocker`. */
import Dockerode from "dockerode";
import type { EngineSocket } from "./addresses.ts";
import type { Docker } from "./docker_api.ts";

/** A client for an engine that listens there; what the environment says of engines does not matter to it. */
export function dockerAt(at: EngineSocket): Docker {
  const nowhere = { host: undefined, port: undefined, socketPath: undefined };
  const there = "path" in at
    ? { socketPath: at.path }
    : { host: at.hostname.replace(/^\[(.*)\]$/, "$1"), port: at.port };
  return new Dockerode({ ...nowhere, ...there, protocol: "http" });
}

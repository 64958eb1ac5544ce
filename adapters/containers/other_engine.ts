import { Failure } from "../../schemas/mod.ts";
import type { InstanceContainer } from "../engine_port.ts";
import type { EngineAddress } from "./addresses.ts";

/** Whether a container that an engine does not have may be on another one: it was not made on this one. */
export function isOfOther(
  { engine }: InstanceContainer,
  { url }: EngineAddress,
): boolean {
  return engine !== undefined && engine !== url;
}

/** The failure for a container of which another engine has to be asked. */
export function onOther(
  ref: string,
  { engine = "" }: InstanceContainer,
  { url }: EngineAddress,
): Failure {
  return new Failure(
    "ERR_ENGINE_UNAVAILABLE",
    `Cannot reach the container of "${ref}": it was made on the engine at ${engine}, and the one at ${url} does not have it`,
    { hint: `Name its engine: DOCKER_HOST=${engine}` },
  );
}

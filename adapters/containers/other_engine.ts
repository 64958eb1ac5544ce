import { Failure } from "../../schemas/mod.ts";
import type { InstanceContainer } from "../engine_port.ts";
import type { EngineAddress } from "./addresses.ts";

/** Where something was made, as it is kept; missing in what is older. */
type MadeOn = Pick<InstanceContainer, "engine">;

/** Whether a container that an engine does not have may be on another one: it was not made on this one. */
export function isOfOther(
  { engine }: MadeOn,
  { url }: EngineAddress,
): boolean {
  return engine !== undefined && engine !== url;
}

/** The failure for a container of which another engine has to be asked; `file` tells of it. */
export function onOther(
  { ref, engine = "", file }: MadeOn & {
    readonly ref: string;
    readonly file: string;
  },
  { url }: EngineAddress,
): Failure {
  return new Failure(
    "ERR_ENGINE_UNAVAILABLE",
    `Cannot reach the container of "${ref}": it was made on the engine at ${engine}, not on the one at ${url}`,
    {
      hint:
        `Name its engine: DOCKER_HOST=${engine}\nIf that is gone for good, remove what is kept of it: ${file}`,
    },
  );
}

import { Failure } from "../../schemas/mod.ts";
import { familiarName, fullName, type Reference } from "./reference.ts";

/** Where `imagectl build` names images: no registry has them, and their digest is their id. */
const LOCAL_PREFIX = "theory-local/";

/** Whether an image is on the engine alone. Podman files what has no host under `localhost`. */
export function isLocal(reference: Reference): boolean {
  return reference.registry === "localhost" ||
    familiarName(reference).startsWith(LOCAL_PREFIX);
}

/** The failure for a local build that an engine does not have. */
export function notBuilt(reference: Reference): Failure {
  return new Failure(
    "ERR_IMAGE_PULL",
    `Cannot find image "${
      fullName(reference)
    }": it was built locally, and this engine does not have it`,
    { hint: "Build it again, then pin it: imagectl build, registry pin" },
  );
}

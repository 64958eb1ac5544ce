import type { RegistryAuth } from "./image_engine.ts";
import type { Reference } from "./reference.ts";

/** Looks up what the registry of an image is to be shown; undefined when the user has nothing for it. */
export type Credentials = (
  reference: Pick<Reference, "registry" | "repository">,
) => Promise<RegistryAuth | undefined>;

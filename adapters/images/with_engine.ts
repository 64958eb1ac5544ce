import type { Docker } from "../containers/docker_api.ts";
import { engineFailure } from "../containers/engine_failure.ts";
import { openEngine } from "../containers/open_engine.ts";
import type { ContainerParts } from "../containers/parts.ts";

/** Does something with an engine; throws `ERR_ENGINE_UNAVAILABLE` where none answers, or one that did breaks off. */
export async function withEngine<T>(
  parts: ContainerParts,
  work: (docker: Docker) => Promise<T>,
): Promise<T> {
  const { docker } = await openEngine(parts);
  try {
    return await work(docker);
  } catch (error) {
    throw engineFailure(error);
  }
}

import type { ContainerParts } from "./parts.ts";
import type { Docker } from "./docker_api.ts";
import { engineIfThere, findEngine, type FoundEngine } from "./find_engine.ts";
import { openDocker } from "./open_docker.ts";

/** An engine that answers, and its client. */
export interface OpenEngine extends FoundEngine {
  readonly docker: Docker;
}

/** Finds an engine and loads its client; throws `ERR_ENGINE_UNAVAILABLE`. */
export async function openEngine(parts: ContainerParts): Promise<OpenEngine> {
  const addresses = await parts.permitted(parts.addresses, true);
  const found = await findEngine(addresses);
  return { ...found, docker: await openDocker(found.at) };
}

/** Like {@linkcode openEngine}; undefined when there is none, or none that may be talked to. */
export async function openEngineIfThere(
  parts: ContainerParts,
): Promise<OpenEngine | undefined> {
  const addresses = await parts.permitted(parts.addresses, false);
  const found = await engineIfThere(addresses);
  return found && { ...found, docker: await openDocker(found.at) };
}

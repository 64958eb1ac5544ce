import type { Instance } from "../ports.ts";
import { placeOf } from "../sandbox/place.ts";
import { inspected } from "./container_status.ts";
import type { InspectedContainer } from "./docker_api.ts";
import { findEngine } from "./find_engine.ts";
import { lightDocker } from "./light_docker.ts";
import { isOfOther, onOther } from "./other_engine.ts";
import type { ContainerParts } from "./parts.ts";

/**
 * The values of the secrets that a container was started with, as its engine tells them; none when it is gone. Throws
 * when another engine was asked, for what it says would be shown.
 */
export async function secretValuesOf(
  parts: ContainerParts,
  { ref, container, secrets }: Instance,
): Promise<readonly string[]> {
  if (container === undefined || secrets.length === 0) return [];
  const addresses = await parts.permitted(parts.addresses, true);
  const { at, address } = await findEngine(addresses);
  const found = await inspected(lightDocker(at), container.id);
  if (found !== undefined) return secretsIn(found, secrets);
  if (isOfOther(container, address)) {
    const { record: file } = placeOf(parts.stateDir, ref);
    throw onOther({ ...container, ref, file }, address);
  }
  return [];
}

/** The values of some names in the environment of a container. */
export function secretsIn(
  { Config }: InspectedContainer,
  names: readonly string[],
): readonly string[] {
  return (Config?.Env ?? []).flatMap((pair) => {
    const end = pair.indexOf("=");
    return names.includes(pair.slice(0, end)) ? [pair.slice(end + 1)] : [];
  });
}

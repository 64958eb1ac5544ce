import type { Instance } from "../ports.ts";
import { inspected } from "./container_status.ts";
import { findEngine } from "./find_engine.ts";
import { lightDocker } from "./light_docker.ts";
import type { ContainerParts } from "./parts.ts";

/** The values of the secrets that a container was started with, as its engine tells them; none when it is gone. */
export async function secretValuesOf(
  parts: ContainerParts,
  { container, secrets }: Instance,
): Promise<readonly string[]> {
  if (container === undefined || secrets.length === 0) return [];
  const addresses = await parts.permitted(parts.addresses, true);
  const { at } = await findEngine(addresses);
  const found = await inspected(lightDocker(at), container.id);
  return (found?.Config?.Env ?? []).flatMap((pair) => {
    const at = pair.indexOf("=");
    return secrets.includes(pair.slice(0, at)) ? [pair.slice(at + 1)] : [];
  });
}

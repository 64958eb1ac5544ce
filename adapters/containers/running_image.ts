import { driftFailure, driftOf } from "../images/drift.ts";
import { requirePinned } from "../images/pinned.ts";
import type { Instance, SnapshotEntry } from "../ports.ts";
import { startAgain } from "../start_again.ts";
import { containerHealth } from "./container_health.ts";
import { inspected } from "./container_status.ts";
import { findEngine } from "./find_engine.ts";
import { lightDocker } from "./light_docker.ts";
import type { ContainerParts } from "./parts.ts";

/**
 * The digest that an entry pins for the platform of an instance, once the engine has said that the instance's
 * container is still made from the image that met the pin, and the container that it runs that; else
 * `ERR_IMAGE_DRIFT`. Every run waits for this.
 */
export async function verifiedDigest(
  parts: ContainerParts,
  { entry }: SnapshotEntry,
  instance: Instance,
): Promise<string> {
  const { container, ref } = instance;
  if (container === undefined) return instance.digest;
  const { digest: pinned } = requirePinned(entry, container.platform);
  const addresses = await parts.permitted(parts.addresses, true);
  const { at } = await findEngine(addresses);
  const [found, said] = await Promise.all([
    inspected(lightDocker(at), container.id),
    saidBy(instance),
  ]);
  // What is gone is found to be gone by who connects to it.
  if (found === undefined) return pinned;
  if (bare(found.Image) !== bare(container.imageId)) {
    const running = found.Image;
    const drift = { pinned, running, source: "image" } as const;
    throw driftFailure(ref, drift, startAgain(instance, entry));
  }
  const drift = driftOf(pinned, { said });
  if (drift !== undefined) {
    throw driftFailure(ref, drift, startAgain(instance, entry));
  }
  return pinned;
}

/** What a server says that it runs. Ours is asked as it is connected to. */
async function saidBy(
  { layout, container }: Instance,
): Promise<string | undefined> {
  if (layout === "per-run" || container === undefined) return undefined;
  return (await containerHealth(container.healthUrl)).said;
}

/** Podman leaves out the algorithm. */
function bare(id: string): string {
  return id.replace(/^sha256:/, "");
}

import { type Entry, pinnedDigest } from "../../schemas/mod.ts";
import { driftFailure, driftOf } from "../images/drift.ts";
import type { ImageComparison, InstanceStatus } from "../ports.ts";

/** Compares what a container runs with what its entry pins, where there is one. */
export function compareImage(
  { instance, running = {} }: InstanceStatus,
  entry: Entry | undefined,
): ImageComparison {
  const { container, digest, ref } = instance;
  const { image, said } = running;
  const live = image?.repoDigests.map(pinnedDigest).find(Boolean) ?? image?.id;
  const reference = container && entry &&
    (entry.image.platforms[container.platform] ?? entry.image.oci);
  const pinned = reference === undefined ? undefined : pinnedDigest(reference);
  const met = { said, image: image ?? recordedImage(instance) };
  const drift = pinned === undefined ? undefined : driftOf(pinned, met);
  return {
    running: drift?.running ?? meant(pinned, image) ?? live ?? digest,
    source: image === undefined ? "recorded" : "live",
    ...(pinned === undefined ? {} : { pinned }),
    ...(drift === undefined ? {} : { drift: driftFailure(ref, drift) }),
  };
}

/** One image may have several digests: the pinned one is meant, when it is among them. */
function meant(
  pinned: string | undefined,
  image: NonNullable<InstanceStatus["running"]>["image"],
): string | undefined {
  if (pinned === undefined || image === undefined) return undefined;
  return driftOf(pinned, { image }) === undefined ? pinned : undefined;
}

/** The image met the digest that was pinned when the container was made. */
function recordedImage({ container, digest }: InstanceStatus["instance"]) {
  if (container === undefined) return undefined;
  return { id: container.imageId, repoDigests: [`@${digest}`] };
}

import { type Entry, pinnedDigest } from "../../schemas/mod.ts";
import { driftFailure, driftOf } from "../images/drift.ts";
import { meetsPin } from "../images/meets_pin.ts";
import { referenceOf } from "../images/platform.ts";
import { startAgain } from "../start_again.ts";
import type { ImageComparison, InstanceStatus } from "../ports.ts";

/** Compares what a container runs with what its entry pins, where there is one. */
export function compareImage(
  { instance, running = {} }: InstanceStatus,
  entry: Entry | undefined,
): ImageComparison {
  const { container, ref } = instance;
  const { image, said } = running;
  const reference = container && entry &&
    referenceOf(entry.image, container.platform);
  const pinned = reference === undefined ? undefined : pinnedDigest(reference);
  const met = { said, image: image ?? recordedImage(instance) };
  const drift = pinned === undefined ? undefined : driftOf(pinned, met);
  return {
    running: drift === undefined && pinned !== undefined
      ? pinned
      : runningDigest(instance, image),
    source: image === undefined ? "recorded" : "live",
    ...(pinned === undefined ? {} : { pinned }),
    ...(drift === undefined
      ? {}
      : { drift: driftFailure(ref, drift, startAgain(instance, entry)) }),
  };
}

/** One image may have several digests: that which it was started by is meant, when it is among them. */
function runningDigest(
  { digest }: InstanceStatus["instance"],
  image: NonNullable<InstanceStatus["running"]>["image"],
): string {
  if (image === undefined || meetsPin(image, digest)) return digest;
  return image.repoDigests.map(pinnedDigest).find(Boolean) ?? image.id;
}

/** The image met the digest that was pinned when the container was made. */
function recordedImage({ container, digest }: InstanceStatus["instance"]) {
  if (container === undefined) return undefined;
  return { id: container.imageId, repoDigests: [`@${digest}`] };
}

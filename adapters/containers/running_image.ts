import { isObject } from "../../schemas/mod.ts";
import { driftFailure } from "../images/drift.ts";
import { type Pinned, requirePinned } from "../images/pinned.ts";
import type { Instance, SnapshotEntry } from "../ports.ts";
import { askEngine } from "./ask_engine.ts";
import { findEngine } from "./find_engine.ts";
import type { ContainerParts } from "./parts.ts";

/**
 * The digest that an entry pins for the platform of an instance, once the engine has said that the instance's
 * container is still made from the image that met the pin; else `ERR_IMAGE_DRIFT`. Every run waits for this.
 */
export async function verifiedDigest(
  parts: ContainerParts,
  { entry }: SnapshotEntry,
  instance: Instance,
): Promise<string> {
  const { container, ref } = instance;
  if (container === undefined) return instance.digest;
  const pinned: Pinned = requirePinned(entry, container.platform);
  const addresses = await parts.permitted(parts.addresses, true);
  const { at } = await findEngine(addresses);
  const { status, body } = await askEngine(
    at,
    `/containers/${container.id}/json`,
  );
  const image = isObject(body) ? body["Image"] : undefined;
  // What is gone is found to be gone by who connects to it.
  if (status !== 200 || typeof image !== "string") return pinned.digest;
  if (bare(image) === bare(container.imageId)) return pinned.digest;
  throw driftFailure(ref, {
    pinned: pinned.digest,
    running: image,
    source: "image",
  });
}

/** Podman leaves out the algorithm. */
function bare(id: string): string {
  return id.replace(/^sha256:/, "");
}

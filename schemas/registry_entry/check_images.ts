import type { Diagnostic } from "../diagnostic.ts";
import { pinnedDigest } from "../entry.ts";
import type { Place } from "./place.ts";
import { finding, members, placeAt, textAt } from "./place.ts";

/** Every image is pinned by digest, and there is something to run at all. */
export function checkImages(root: Place): readonly Diagnostic[] {
  const references = [
    ...members(placeAt(root, "image", "platforms")),
    placeAt(root, "image", "oci"),
  ].filter((each) => each !== undefined);
  return [...references.flatMap(unpinned), ...nothingToRun(root)];
}

function unpinned(place: Place): readonly Diagnostic[] {
  const reference = textAt(place);
  if (reference === undefined || pinnedDigest(reference) !== undefined) {
    return [];
  }
  return [finding("WARN_IMAGE_UNPINNED", place, {
    message: `Cannot pin image "${reference}": ${found(reference)}`,
    expected: "repository@sha256: and 64 hex digits",
  })];
}

function found(reference: string): string {
  const digest = /@(.*)$/.exec(reference)?.[1];
  if (digest === undefined) return "it is named by tag, not by digest";
  return /REPLACE|pending/i.test(digest)
    ? `"${digest}" stands in for a digest`
    : `"${digest}" is not a SHA-256 digest`;
}

function nothingToRun(root: Place): readonly Diagnostic[] {
  const any = ["handler", "image", "build"].some((key) => placeAt(root, key));
  if (any || root.node.kind !== "object") return [];
  return [finding("ERR_KEY_MISSING", root, {
    message:
      "Cannot run the processor: the entry names neither a handler nor an image",
    expected: "handler, image or build",
  })];
}

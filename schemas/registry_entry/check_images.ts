import type { Diagnostic, Fix } from "../diagnostic.ts";
import { pinnedDigest } from "../entry.ts";
import { insertKey } from "../insert_key.ts";
import type { Source } from "../source.ts";
import { shortText } from "../tree_rules.ts";
import { replaceText } from "./edit_text.ts";
import type { Place } from "./place.ts";
import { finding, members, placeAt, textAt } from "./place.ts";

/** Every image is pinned by digest, and there is something to run at all. */
export function checkImages(
  root: Place,
  source: Source,
  fileExists?: (relative: string) => boolean,
): readonly Diagnostic[] {
  const references = [
    ...members(placeAt(root, "image", "platforms")),
    placeAt(root, "image", "oci"),
  ].filter((each) => each !== undefined);
  return [
    ...references.flatMap((each) => unpinned(each, source)),
    ...nothingToRun(root, source, fileExists),
  ];
}

function unpinned(place: Place, source: Source): readonly Diagnostic[] {
  const reference = textAt(place);
  if (reference === undefined || pinnedDigest(reference) !== undefined) {
    return [];
  }
  return [finding("WARN_IMAGE_UNPINNED", place, {
    message: `Cannot pin image "${reference}": ${found(reference)}`,
    expected: "repository@sha256: and 64 hex digits",
    fixes: pinning(place, reference, source),
  })];
}

/** A digest that is there, but not in its form. */
function pinning(
  place: Place,
  reference: string,
  source: Source,
): readonly Fix[] {
  const [, repository, hex] =
    /^([^@]+)(?:@|@sha256[:-]|:sha256[:-])([0-9a-f]{64})$/i.exec(reference) ??
      [];
  if (repository === undefined || hex === undefined) return [];
  const pinned = `${repository}@sha256:${hex.toLowerCase()}`;
  return [{
    title: `Write ${shortText(pinned)}`,
    edits: [replaceText(source, place, pinned)],
  }];
}

function found(reference: string): string {
  const digest = /@(.*)$/.exec(reference)?.[1];
  if (digest === undefined) return "it is named by tag, not by digest";
  return /REPLACE|pending/i.test(digest)
    ? `"${digest}" stands in for a digest`
    : `"${digest}" is not a SHA-256 digest`;
}

const HANDLER = "handler.ts";

function nothingToRun(
  root: Place,
  source: Source,
  fileExists: ((relative: string) => boolean) | undefined,
): readonly Diagnostic[] {
  const any = ["handler", "image", "build"].some((key) => placeAt(root, key));
  if (any || root.node.kind !== "object") return [];
  return [finding("ERR_KEY_MISSING", root, {
    message:
      "Cannot run the processor: the entry names neither a handler nor an image",
    expected: "handler, image or build",
    fixes: fileExists?.(HANDLER) !== true ? [] : [{
      title: 'Add "handler"',
      edits: [
        insertKey(source, root.node, { key: "handler", value: HANDLER }),
      ],
    }],
  })];
}

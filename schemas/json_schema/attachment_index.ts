import { pointerOf } from "../json_pointer.ts";
import type { Finding } from "./findings.ts";
import type { AttachmentPlace, AttachmentPlaces } from "./wording.ts";

/** Keywords that fail because of what a whole value is, attachments in it included. */
const WHOLE = new Set(["type", "const", "enum", "anyOf", "oneOf", "not"]);
/** Keywords that are about a key, not about what it holds. */
const OF_KEY = new Set(["unknown key", "bad key", "forbidden"]);

/** Answers the attachment that a finding is due to: the one it is in, or the first one in a value that fails as a whole. */
export function attachmentIndex(
  places: AttachmentPlaces,
): (finding: Finding) => AttachmentPlace | undefined {
  if (places.size === 0) return () => undefined;
  const below = firstBelow(places);
  return ({ keyword, site }) => {
    const { path } = site;
    const deepest = OF_KEY.has(keyword) ? path.length - 1 : path.length;
    for (let length = deepest; length >= 0; length--) {
      const place = places.get(pointerOf(path.slice(0, length)));
      if (place !== undefined) return heeded(place, length < path.length);
    }
    return WHOLE.has(keyword) ? below.get(pointerOf(path)) : undefined;
  };
}

/** What fails inside the stand-in of an unknown file is not to be told. */
function heeded(place: AttachmentPlace, inside: boolean): AttachmentPlace {
  return inside && place.mime === undefined ? { ...place, told: true } : place;
}

function firstBelow(
  places: AttachmentPlaces,
): ReadonlyMap<string, AttachmentPlace> {
  const below = new Map<string, AttachmentPlace>();
  for (const [pointer, place] of places) {
    let above = pointer;
    while (above !== "") {
      above = above.slice(0, above.lastIndexOf("/"));
      if (!below.has(above)) below.set(above, place);
    }
  }
  return below;
}

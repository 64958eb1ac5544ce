import type { Place } from "./place.ts";
import { members } from "./place.ts";
import { standsBelow } from "./schema_keywords.ts";

/** A schema and every schema inside it, outermost first. */
export function* walkSchema(root: Place): Generator<Place> {
  const left = [root];
  for (let place = left.pop(); place !== undefined; place = left.pop()) {
    yield place;
    left.push(...subschemas(place).toReversed());
  }
}

function subschemas(place: Place): readonly Place[] {
  if (place.node.kind !== "object") return [];
  return members(place).flatMap((member) => {
    const kind = standsBelow(member.key, member.node.kind === "array");
    if (kind === "one") return [member];
    if (kind === "list") return members(member);
    return kind === "map" && member.node.kind === "object"
      ? members(member)
      : [];
  });
}

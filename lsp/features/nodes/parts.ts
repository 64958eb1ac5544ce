import type { Node, ObjectNode, Property } from "../../../schemas/mod.ts";

/** A part of a document: a value, with its key if it has one. */
export interface Part {
  readonly node: Node;
  readonly property?: Property;
  /** Where it begins: with its key, if it has one. */
  readonly start: number;
}

/** The parts right inside of a node, where they are written; what only an alias stands for is left out. */
export function partsOf(node: Node): readonly Part[] {
  if (node.kind === "scalar") return [];
  const parts = node.kind === "array"
    ? node.items.map((item): Part => ({ node: item, start: item.span.start }))
    : propertyParts(node);
  const { start, end } = node.span;
  return parts.filter((each) => {
    const { span } = each.node;
    return span.start >= start && span.end <= end && span.start >= each.start;
  });
}

function propertyParts({ properties }: ObjectNode): readonly Part[] {
  return properties.map((property) => ({
    node: property.value,
    property,
    start: property.keySpan.start,
  }));
}

/** A part and everything in it, in order. */
export function* allParts(part: Part): Generator<Part> {
  yield part;
  for (const each of partsOf(part.node)) yield* allParts(each);
}

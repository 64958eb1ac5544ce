import type { Node, ObjectNode, Property } from "../tree.ts";
import { locationSteps } from "./location.ts";

/** A place in the document, found by the library's instance location. */
export interface Site {
  readonly node: Node;
  readonly path: readonly (string | number)[];
  /** The key that the node is the value of, if it is one. */
  readonly property?: Property;
  /** The object that has the key. */
  readonly parent?: ObjectNode;
  /** Whether an alias leads to it, so that it stands in other places, too. */
  readonly aliased?: true;
}

export type NodeAt = (instanceLocation: string) => Site;

/** Objects with fewer keys are searched key by key. */
const INDEXED_FROM = 16;

/** Walks from the root of a document; objects with many keys are indexed when first entered. */
export function nodeFinder(root: Node): NodeAt {
  const indexes = new Map<ObjectNode, ReadonlyMap<string, Property>>();
  const find = (node: ObjectNode, key: string) => {
    if (node.properties.length < INDEXED_FROM) {
      return node.properties.findLast((each) => wellFormed(each.key) === key);
    }
    const index = indexes.get(node) ?? indexOf(node);
    indexes.set(node, index);
    return index.get(key);
  };
  return (location) =>
    locationSteps(location).reduce<Site>(
      (site, step) => enter(site, step, find),
      { node: root, path: [] },
    );
}

function enter(
  site: Site,
  step: string,
  find: (node: ObjectNode, key: string) => Property | undefined,
): Site {
  const { node, path } = site;
  if (node.kind === "array") {
    const item = node.items[Number(step)];
    const before = node.items[Number(step) - 1];
    return item === undefined ? site : {
      node: item,
      path: [...path, Number(step)],
      ...aliasOf(site, item, before?.span.end ?? node.span.start),
    };
  }
  const property = node.kind === "object" ? find(node, step) : undefined;
  if (property === undefined || node.kind !== "object") return site;
  const { value, key } = property;
  const alias = aliasOf(site, value, property.keySpan.start);
  return {
    node: value,
    path: [...path, key],
    property,
    parent: node,
    ...alias,
  };
}

/** What an alias stands for is written before it. */
function aliasOf(
  { aliased }: Site,
  { span }: Node,
  from: number,
): Pick<Site, "aliased"> {
  return aliased === true || span.start < from ? { aliased: true } : {};
}

function indexOf(node: ObjectNode): ReadonlyMap<string, Property> {
  return new Map(node.properties.map((each) => [wellFormed(each.key), each]));
}

/** A key as the library can name it: lone surrogates replaced. */
export function wellFormed(key: string): string {
  return key.isWellFormed() ? key : key.toWellFormed();
}

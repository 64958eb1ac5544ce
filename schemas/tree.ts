import type { Diagnostic } from "./diagnostic.ts";
import type { Json } from "./json.ts";
import type { Source, Span } from "./source.ts";

/** A parsed document: what could be read, and what is wrong with how it is written. */
export interface Tree {
  readonly source: Source;
  /** Missing when there is no value at all. Present, as far as it goes, when the syntax is broken. */
  readonly root?: Node;
  /** Syntax errors, duplicate keys, unsafe numbers and the like, in order of position. */
  readonly problems: readonly Diagnostic[];
  /** Comments in order (YAML modelines are found here). */
  readonly comments: readonly Comment[];
  /** Whether the tree holds all of the text; false after a mistake that may have lost or changed some of it. */
  readonly complete: boolean;
}

export type Node = ObjectNode | ArrayNode | ScalarNode;

export interface ObjectNode {
  readonly kind: "object";
  readonly span: Span;
  readonly properties: readonly Property[];
}

export interface Property {
  readonly key: string;
  /** Of the key, quotes included. */
  readonly keySpan: Span;
  readonly value: Node;
}

export interface ArrayNode {
  readonly kind: "array";
  readonly span: Span;
  readonly items: readonly Node[];
}

export interface ScalarNode {
  readonly kind: "scalar";
  readonly span: Span;
  readonly value: string | number | boolean | null;
}

export interface Comment {
  readonly span: Span;
  /** Without `#`, `//`, `/*` and surrounding blanks. */
  readonly text: string;
}

/** The plain value of a node. A duplicate key's last value wins, as in `JSON.parse`. */
export function toJson(node: Node): Json {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "array") return node.items.map(toJson);
  const object: Record<string, Json> = {};
  for (const { key, value } of node.properties) {
    // Assigning to `__proto__` would not make a key.
    if (key === "__proto__") define(object, key, toJson(value));
    else object[key] = toJson(value);
  }
  return object;
}

function define(object: Record<string, Json>, key: string, value: Json): void {
  const always = { enumerable: true, configurable: true, writable: true };
  Object.defineProperty(object, key, { value, ...always });
}

/** Visits what an object or array holds, in order. */
export function eachBelow(
  node: ObjectNode | ArrayNode,
  visit: (step: string | number, child: Node) => void,
): void {
  if (node.kind === "array") {
    for (let i = 0; i < node.items.length; i++) {
      const item = node.items[i];
      if (item !== undefined) visit(i, item);
    }
  } else for (const { key, value } of node.properties) visit(key, value);
}

/** The last property of that name, which is the one that counts. */
export function property(
  node: Node | undefined,
  key: string,
): Property | undefined {
  if (node?.kind !== "object") return undefined;
  return node.properties.findLast((each) => each.key === key);
}

/** The node at a path of keys and indexes, or the deepest one on the way to it. */
export function nodeAt(root: Node, path: readonly (string | number)[]): Node {
  let node = root;
  for (const step of path) {
    const next = typeof step === "number"
      ? (node.kind === "array" ? node.items[step] : undefined)
      : property(node, step)?.value;
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

/** Levels of objects and lists: 0 for a scalar. */
export function heightOf(node: Node): number {
  if (node.kind === "scalar") return 0;
  const below = node.kind === "array"
    ? node.items
    : node.properties.map(({ value }) => value);
  return 1 + below.reduce((most, each) => Math.max(most, heightOf(each)), 0);
}

import { encodePointer } from "@cfworker/json-schema";
import { isObject, type Json, type JsonObject } from "../json.ts";
import {
  type ArrayNode,
  type Node,
  type ObjectNode,
  property,
} from "../tree.ts";
import { isRemark, type Surely } from "./surely_valid.ts";

/** What of a document is left to the library. */
export interface Spared {
  readonly root: Node;
  /** A place that the library tells, as it is in the whole document. */
  readonly inWhole: (instanceLocation: string) => string;
}

export interface SparingRules {
  readonly schema: Json;
  readonly target: (schema: JsonObject) => Json | undefined;
  readonly surely: (schema: Json | undefined) => Surely;
}

/** Shorter lists are left whole. */
const LONG = 16;

/** Levels that are gone down: below, lists are left whole. */
const LEVELS = 20;

/** Keywords that see nothing of items but by `items`, and nothing of properties but by `properties`. */
const PLAIN: ReadonlySet<string> = new Set([
  "type",
  "properties",
  "additionalProperties",
  "required",
  "items",
  "minItems",
  "maxItems",
]);

/**
 * Leaves out items of long lists that surely are valid, where that changes nothing in what the library says of the
 * rest. Of a document with one mistake in ten thousand messages one message is left.
 */
export function spared(root: Node, rules: SparingRules): Spared {
  const sparing = new Sparing(rules);
  const { schema } = rules;
  return {
    root: sparing.spare(root, { schema, location: "#", levels: LEVELS }),
    inWhole: (location) => sparing.inWhole(location),
  };
}

/** Where a node stands, as the library says it, and what is asked of it. */
interface At {
  readonly schema: Json | undefined;
  readonly location: string;
  readonly levels: number;
}

class Sparing {
  readonly #rules: SparingRules;
  /** By the location of a list, the indexes of the items that are left. */
  readonly #left = new Map<string, readonly number[]>();

  constructor(rules: SparingRules) {
    this.#rules = rules;
  }

  spare(node: Node, at: At): Node {
    const { schema } = at;
    if (node.kind === "scalar" || !isObject(schema) || at.levels === 0) {
      return node;
    }
    const below = { ...at, levels: at.levels - 1 };
    if (schema["$ref"] !== undefined) {
      const target = this.#rules.target(schema);
      return this.spare(node, { ...below, schema: target });
    }
    if (!Object.keys(schema).every(isPlain)) return node;
    return node.kind === "object"
      ? this.#object(node, schema["properties"], below)
      : this.#list(node, schema, below);
  }

  #object(node: ObjectNode, known: Json | undefined, at: At): Node {
    const { properties } = node;
    if (!isObject(known)) return node;
    if (!properties.every(({ key }) => key.isWellFormed())) return node;
    return {
      ...node,
      properties: properties.map((each) => {
        const { key, value } = each;
        const counts = property(node, key) === each;
        if (!counts || !Object.hasOwn(known, key)) return each;
        const location = `${at.location}/${encodePointer(key)}`;
        const schema = known[key];
        return {
          ...each,
          value: this.spare(value, { ...at, schema, location }),
        };
      }),
    };
  }

  #list(node: ArrayNode, rules: JsonObject, at: At): Node {
    const left = this.#indexesLeft(node, rules);
    if (left.length < node.items.length) this.#left.set(at.location, left);
    const schema = rules["items"];
    const items = left.flatMap((index, i) => {
      const item = node.items[index];
      const location = `${at.location}/${i}`;
      return item === undefined
        ? []
        : [this.spare(item, { ...at, schema, location })];
    });
    return { ...node, items };
  }

  /** As many as the list must have are left in any case. */
  #indexesLeft(
    { items }: ArrayNode,
    { items: schema, minItems = 0, maxItems = Infinity }: JsonObject,
  ): readonly number[] {
    const all = [...items.keys()];
    const { length } = items;
    if (length < LONG || Array.isArray(schema)) return all;
    if (!(length >= Number(minItems) && length <= Number(maxItems))) return all;
    const surely = this.#rules.surely(schema);
    const { left = [], right = [] } = Object.groupBy(
      all,
      (index) => {
        const item = items[index];
        return item !== undefined && surely(item) ? "right" : "left";
      },
    );
    const least = Math.max(0, Math.ceil(Number(minItems)) - left.length);
    return [...left, ...right.slice(0, least)].sort((a, b) => a - b);
  }

  inWhole(location: string): string {
    if (this.#left.size === 0) return location;
    const [head = "", ...steps] = location.split("/");
    let place = head;
    return steps.reduce((whole, step) => {
      const index = this.#left.get(place)?.[Number(step)];
      place = `${place}/${step}`;
      return `${whole}/${index ?? step}`;
    }, head);
  }
}

function isPlain(keyword: string): boolean {
  return PLAIN.has(keyword) || isRemark(keyword);
}

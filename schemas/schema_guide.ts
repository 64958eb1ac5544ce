import { memberSchema } from "./example/objects.ts";
import { instances } from "./example/instances.ts";
import { type Schema, type Search, searchOver } from "./example/search.ts";
import { itemAt } from "./example/tuple.ts";
import { type FlatSchema, typesOf, views } from "./example/views.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import type { Path } from "./json_pointer.ts";
import { type Node, property } from "./tree.ts";

export type { FlatSchema };

/** Answers what a schema says about places of a document, which need not be finished. Nothing throws. */
export interface SchemaGuide {
  /**
   * The readings of the schema for the value at a path: one for each choice of `anyOf` and `oneOf` branches that
   * what the document already says does not contradict, `$ref` and `allOf` resolved.
   */
  at(path: Path, root: Node | undefined): readonly FlatSchema[];
  /** The keys that the readings know, in their order. */
  keys(readings: readonly FlatSchema[]): readonly GuideKey[];
  /** What one item more of a list may be, by the readings of the list. */
  items(readings: readonly FlatSchema[]): readonly FlatSchema[];
  /** Whether a value fits one of the readings. */
  accepts(readings: readonly FlatSchema[], value: Json): boolean;
  /** The first value that a reading offers: its default, its example, otherwise the smallest that fits. */
  sample(reading: FlatSchema): Json | undefined;
}

export interface GuideKey {
  readonly key: string;
  /** What its value may be. */
  readonly readings: readonly FlatSchema[];
  /** Whether every reading demands it. */
  readonly required: boolean;
}

/** Steps of the search that one guide may spend, and those of one sample. */
const BUDGET = 20_000;
const SAMPLE_BUDGET = 500;
const DEPTH = 24;
const SAMPLE_DEPTH = 8;
/** Readings of one place that are followed. */
const MOST = 100;

/** Marks in a tree what is being typed: it fits anything. */
export const UNFINISHED = "\u2063unfinished\u2063";

/** Reads a schema for asking; `always` is what holds beside it, a schema without `$ref`. */
export function schemaGuide(
  schema: JsonObject,
  always: JsonObject = {},
): SchemaGuide {
  const root = structuredClone(schema);
  const search = open(root, BUDGET);
  const parts: readonly Schema[] = search === undefined
    ? [always]
    : [{ allOf: [root, always] }];
  const guide = new Guide(search ?? open({}, BUDGET), {
    parts,
    forSamples: () => open(root, SAMPLE_BUDGET),
  });
  return {
    at: (path, node) => quietly(() => guide.at(path, node), []),
    keys: (readings) => quietly(() => guide.keys(readings), []),
    items: (readings) => quietly(() => guide.items(readings), []),
    accepts: (readings, value) =>
      quietly(() => guide.accepts(readings, value), false),
    sample: (reading) => quietly(() => guide.sample(reading), undefined),
  };
}

/** Undefined for a schema whose refs cannot be read. */
function open(schema: JsonObject, budget: number): Search | undefined {
  return quietly(() => searchOver(schema, budget), undefined);
}

/** A broken schema (a bad pattern, refs in a circle) says nothing; the checker tells what is wrong with it. */
function quietly<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}

class Guide {
  readonly #search: Search | undefined;
  readonly #parts: readonly Schema[];
  readonly #forSamples: () => Search | undefined;

  constructor(search: Search | undefined, { parts, forSamples }: {
    readonly parts: readonly Schema[];
    readonly forSamples: () => Search | undefined;
  }) {
    this.#search = search;
    this.#parts = parts;
    this.#forSamples = forSamples;
  }

  at(path: Path, root: Node | undefined): readonly FlatSchema[] {
    let parts = this.#parts;
    for (const [depth, step] of path.entries()) {
      const kind = typeof step === "number" ? "array" : "object";
      const readings = this.#readings(parts)
        .filter((each) => mayBe(each, kind));
      const node = root && nodeOn(root, path.slice(0, depth));
      parts = distinct(
        this.#fitting(readings, node).map((each) =>
          typeof step === "number"
            ? itemAt(each, step)
            : memberSchema(each, step)
        ),
      );
    }
    return this.#fitting(this.#readings(parts), root && nodeOn(root, path));
  }

  keys(readings: readonly FlatSchema[]): readonly GuideKey[] {
    const parts = new Map<string, Schema[]>();
    for (const { properties = {} } of readings) {
      for (const [key, part] of Object.entries(properties)) {
        parts.set(key, [...parts.get(key) ?? [], part]);
      }
    }
    for (const name of this.#names(readings)) {
      if (!parts.has(name)) parts.set(name, []);
    }
    return [...parts].map(([key, all]) => ({
      key,
      readings: this.#readings(distinct(all)),
      required: readings.every(({ required = [] }) => required.includes(key)),
    }));
  }

  items(readings: readonly FlatSchema[]): readonly FlatSchema[] {
    const lists = readings.filter((each) => mayBe(each, "array"));
    return this.#readings(distinct(lists.map((each) => itemAt(each, 0))));
  }

  accepts(readings: readonly FlatSchema[], value: Json): boolean {
    return readings.some((each) =>
      this.#search?.fits(value, each as JsonObject) === true
    );
  }

  sample(reading: FlatSchema): Json | undefined {
    if (reading["default"] !== undefined) return reading["default"];
    const search = this.#forSamples();
    if (search === undefined) return undefined;
    const site = { search, pointer: "", depth: SAMPLE_DEPTH };
    return instances(reading as JsonObject, site).next().value;
  }

  /** Names of keys that `propertyNames` lists. */
  #names(readings: readonly FlatSchema[]): readonly string[] {
    const names = readings.map(({ propertyNames = true }) => propertyNames);
    return this.#readings(names).flatMap((each) => each.enum ?? [])
      .filter((each) => typeof each === "string");
  }

  #readings(parts: readonly Schema[]): readonly FlatSchema[] {
    const search = this.#search;
    if (search === undefined) return [];
    const all = parts.flatMap((part) => [
      ...views(part, { search, pointer: "", depth: DEPTH }).take(MOST),
    ]);
    return all.slice(0, MOST);
  }

  /** Leaves out what the document contradicts; keys that a reading does not know count when others know them. */
  #fitting(
    readings: readonly FlatSchema[],
    node: Node | undefined,
  ): readonly FlatSchema[] {
    if (node === undefined || isOpen(node)) return readings;
    const kind = readings.filter((each) => mayBe(each, kindOf(node)));
    const tagged = preferred(kind, (each) => this.#tagsFit(each, node));
    return preferred(tagged, (each) => knowsKeys(each, node));
  }

  #tagsFit({ properties = {} }: FlatSchema, node: Node): boolean {
    return Object.entries(properties).every(([key, part]) => {
      const value = property(node, key)?.value;
      if (value?.kind !== "scalar" || isOpen(value)) return true;
      const allowed = this.#readings([part]);
      return allowed.length === 0 ||
        allowed.some((each) => allows(each, value.value));
    });
  }
}

function preferred<T>(
  all: readonly T[],
  fits: (each: T) => boolean,
): readonly T[] {
  const fitting = all.filter(fits);
  return fitting.length === 0 ? all : fitting;
}

function allows(reading: FlatSchema, value: Json): boolean {
  if (reading.const !== undefined) return reading.const === value;
  return reading.enum === undefined || reading.enum.includes(value);
}

function knowsKeys(reading: FlatSchema, node: Node): boolean {
  if (node.kind !== "object" || reading.additionalProperties !== false) {
    return true;
  }
  const { properties = {} } = reading;
  return node.properties.every(({ key }) =>
    key === UNFINISHED || Object.hasOwn(properties, key)
  );
}

/** Whether a value is not there yet: what is being typed, or a key of YAML that has none. */
function isOpen(node: Node): boolean {
  if (node.kind !== "scalar") return false;
  const empty = node.value === null && node.span.start === node.span.end;
  return empty || node.value === UNFINISHED;
}

function kindOf(node: Node): string {
  if (node.kind !== "scalar") return node.kind;
  return node.value === null ? "null" : typeof node.value;
}

function mayBe(reading: FlatSchema, kind: string): boolean {
  if (reading.type === undefined) {
    const values = reading.const === undefined ? reading.enum : [reading.const];
    return values === undefined || values.some((each) => typeOf(each) === kind);
  }
  return typesOf(reading).some((type) =>
    type === kind || (type === "integer" && kind === "number")
  );
}

function typeOf(value: Json): string {
  if (Array.isArray(value)) return "array";
  if (isObject(value)) return "object";
  return value === null ? "null" : typeof value;
}

/** The node at a path; undefined when the document does not go that far. */
function nodeOn(root: Node, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const step of path) {
    node = typeof step === "number"
      ? node?.kind === "array" ? node.items[step] : undefined
      : property(node, step)?.value;
  }
  return node;
}

function distinct<T>(all: readonly T[]): readonly T[] {
  return [...new Set(all)];
}

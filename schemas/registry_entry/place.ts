import { diagnose } from "../diagnose.ts";
import type { Diagnostic, Fix, Related } from "../diagnostic.ts";
import { below } from "../json_pointer.ts";
import type { Node, ObjectNode } from "../tree.ts";
import { property } from "../tree.ts";

/** A node and where it stands. */
export interface Place<N extends Node = Node> {
  readonly node: N;
  /** JSON Pointer from the root of the document. */
  readonly pointer: string;
}

/** The place at a path of keys and indexes; undefined when something on the way is missing. */
export function placeAt(
  place: Place,
  ...path: readonly (string | number)[]
): Place | undefined {
  let found: Place | undefined = place;
  for (const step of path) {
    if (found === undefined) return undefined;
    found = child(found, step);
  }
  return found;
}

function child(place: Place, step: string | number): Place | undefined {
  const node = typeof step === "number"
    ? (place.node.kind === "array" ? place.node.items[step] : undefined)
    : property(place.node, step)?.value;
  return node && { node, pointer: below(place.pointer, step) };
}

/** The members of an object or list with their keys; none for scalars and what is missing. */
export function members(
  place: Place | undefined,
): readonly (Place & { readonly key: string })[] {
  if (place?.node.kind === "object") {
    return place.node.properties.map(({ key, value }) => ({
      key,
      node: value,
      pointer: below(place.pointer, key),
    }));
  }
  if (place?.node.kind !== "array") return [];
  return place.node.items.map((node, index) => ({
    key: `${index}`,
    node,
    pointer: below(place.pointer, index),
  }));
}

export function isObjectPlace(
  place: Place | undefined,
): place is Place<ObjectNode> {
  return place?.node.kind === "object";
}

/** The text at a place, if it is a text. */
export function textAt(place: Place | undefined): string | undefined {
  if (place?.node.kind !== "scalar") return undefined;
  return typeof place.node.value === "string" ? place.node.value : undefined;
}

/** A finding about a place, its severity that of the catalogue. */
export function finding(
  code: string,
  place: Place,
  words: {
    readonly message: string;
    readonly expected?: string;
    readonly fixes?: readonly Fix[];
    readonly related?: readonly Related[];
  },
): Diagnostic {
  const { message, ...rest } = words;
  return diagnose(code, message, {
    span: place.node.span,
    pointer: place.pointer,
    ...rest,
  });
}

import { diagnose } from "../diagnose.ts";
import type { Diagnostic, Fix } from "../diagnostic.ts";
import { below } from "../json_pointer.ts";
import { nearest } from "../nearest.ts";
import type { Place } from "../registry_entry/place.ts";
import { finding, placeAt } from "../registry_entry/place.ts";
import { removalOf } from "../removal.ts";
import { kindOf, oneOf, showNode } from "../show_value.ts";
import type { Source } from "../source.ts";
import type { Node, ObjectNode, Property } from "../tree.ts";
import { shortText } from "../tree_rules.ts";
import { valueEdit } from "../write_text.ts";
import { writing } from "../writing.ts";

/** A flag of some command, as it is written without its dashes. Several commands may have one of a name. */
export interface FlagShape {
  readonly name: string;
  readonly kind: "text" | "list" | "switch" | "choice";
  /** Of a choice. */
  readonly values?: readonly string[];
}

/** Default values are those of flags that there are, and of their kind. */
export function checkDefaults(
  root: Place,
  source: Source,
  flags: readonly FlagShape[] | undefined,
): readonly Diagnostic[] {
  const defaults = placeAt(root, "defaults");
  if (flags === undefined || defaults?.node.kind !== "object") return [];
  const all = defaults.node;
  return all.properties.flatMap((each) => {
    const shapes = flags.filter(({ name }) => name === each.key);
    if (shapes.length === 0) return [unknownFlag(each, all, { source, flags })];
    const { value: node, key } = each;
    if (shapes.some((shape) => fits(node, shape))) return [];
    const place = { node, pointer: below("/defaults", key) };
    return [wrongValue(place, shapes, source)];
  });
}

function fits(node: Node, { kind, values }: FlagShape): boolean {
  if (node.kind === "array") {
    return kind === "list" && node.items.every(isText);
  }
  if (node.kind !== "scalar") return false;
  if (kind === "switch") return typeof node.value === "boolean";
  if (kind === "choice") return values?.includes(`${node.value}`) === true;
  return typeof node.value === "string" || typeof node.value === "number";
}

function isText(node: Node): boolean {
  return node.kind === "scalar" && typeof node.value === "string";
}

function unknownFlag(
  property: Property,
  all: ObjectNode,
  { source, flags }: {
    readonly source: Source;
    readonly flags: readonly FlagShape[];
  },
): Diagnostic {
  const { key, keySpan } = property;
  const there = new Set(all.properties.map(({ key }) => key));
  const names = flags.map(({ name }) => name).filter((name) =>
    !there.has(name)
  );
  const near = nearest(key.replace(/^-+/, ""), new Set(names));
  const hint = near === undefined ? "" : `, did you mean ${shortText(near)}`;
  return diagnose(
    "ERR_KEY_UNKNOWN",
    `Cannot give ${shortText(key)} a default: no command has this flag${hint}`,
    {
      span: keySpan,
      pointer: below("/defaults", key),
      expected: "a flag without its dashes, such as write-prefix",
      fixes: near === undefined
        ? removalOf(source, all, property)
        : [writing(source, keySpan, near)],
    },
  );
}

const WORDS = {
  text: "text",
  list: "text, or a list of texts",
  switch: "true or false",
} as const;

function wrongValue(
  place: Place,
  shapes: readonly FlagShape[],
  source: Source,
): Diagnostic {
  const expected = shapes.map(({ kind, values = [] }) =>
    kind === "choice" ? oneOf([...values]) : WORDS[kind]
  );
  return finding("ERR_VALUE", place, {
    message: `Cannot use ${showNode(place.node)} as a default: ${
      shapes.some(({ kind }) => kind === "choice") && isText(place.node)
        ? "the flag has no such value"
        : `the flag takes another value than ${kindOf(place.node)}`
    }`,
    expected: [...new Set(expected)].join(", or "),
    fixes: shapes.length > 1 ? [] : rightValues(place, shapes, source),
  });
}

/** Most values that are offered one by one. */
const MOST = 5;

function rightValues(
  { node }: Place,
  shapes: readonly FlagShape[],
  source: Source,
): readonly Fix[] {
  if (node.kind !== "scalar") return [];
  const value = String(node.value).toLowerCase();
  return shapes.flatMap(({ kind, values = [] }): readonly Fix[] => {
    if (kind === "choice" && values.length <= MOST) {
      return values.map((each) => ({
        ...writing(source, node.span, each),
        choice: true,
      }));
    }
    if (kind !== "switch" || !/^(?:true|false)$/.test(value)) return [];
    const edit = valueEdit(source, node.span, value === "true");
    return [{ title: `Write ${value}`, edits: [edit] }];
  });
}

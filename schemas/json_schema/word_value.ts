import { diagnose } from "../diagnose.ts";
import type { Diagnostic, Edit } from "../diagnostic.ts";
import { pointerOf } from "../json_pointer.ts";
import type { Suggest } from "../nearest.ts";
import { placeInMessage } from "../place_name.ts";
import { removeItem } from "../remove_item.ts";
import { kindOf, showNode, showScalar } from "../show_value.ts";
import type { Node } from "../tree.ts";
import { expectedOf } from "./expected.ts";
import type { Finding } from "./findings.ts";
import { valueFixes } from "./value_fixes.ts";
import type { Words } from "./wording.ts";

/** A value of the wrong type, or one that is not allowed. */
export function wordValue(finding: Finding, words: Words): Diagnostic {
  const { keyword, site } = finding;
  const near = keyword === "enum" || keyword === "const"
    ? nearValue(finding, words.suggest)
    : undefined;
  const hint = near === undefined ? "" : `, did you mean ${showScalar(near)}`;
  const expected = expectedOf(finding);
  const fixes = valueFixes(finding, near, words.source);
  return diagnose(
    keyword === "type" ? "ERR_VALUE_TYPE" : "ERR_VALUE",
    `Cannot use ${showNode(site.node)} as ${placeInMessage(site.path)}: ${
      foundOf(finding)
    }${hint}`,
    {
      span: site.node.span,
      pointer: pointerOf(site.path),
      ...(expected === undefined ? {} : { expected }),
      ...(fixes.length === 0 ? {} : { fixes }),
      ...(keyword === "uniqueItems" ? repeated(site.node, words) : {}),
    },
  );
}

const FOUND: Readonly<Record<string, string>> = {
  const: "it is not the value that is allowed",
  enum: "it is not one of the values that are allowed",
  pattern: "it does not match",
  format: "it is not in the right form",
  minimum: "it is too small",
  exclusiveMinimum: "it is too small",
  maximum: "it is too large",
  exclusiveMaximum: "it is too large",
  multipleOf: "it is no multiple",
  uniqueItems: "two of its items are the same",
  contains: "none of its items fits",
  not: "it is excluded",
  forbidden: "nothing is allowed there",
};

function foundOf(
  { keyword, site: { node }, matches, types = [] }: Finding,
): string {
  if (keyword === "type") {
    const fraction = kindOf(node) === "a number" && types.includes("integer");
    return fraction ? "it is not whole" : `it is ${kindOf(node)}`;
  }
  if (matches !== undefined) return `it fits ${matches} of the alternatives`;
  const size = sizeOf(keyword, node);
  if (size !== undefined) return `it has ${size}`;
  return Object.hasOwn(FOUND, keyword)
    ? FOUND[keyword] ?? ""
    : "it does not fit the schema";
}

function sizeOf(keyword: string, node: Node): string | undefined {
  const noun = { Length: "character", Items: "item", Properties: "key" }[
    /^m(?:in|ax)(Length|Items|Properties)$/.exec(keyword)?.[1] ?? ""
  ];
  if (noun === undefined) return undefined;
  const size = node.kind === "array"
    ? node.items.length
    : node.kind === "object"
    ? new Set(node.properties.map(({ key }) => key)).size
    : [...String(node.value)].length;
  return `${size === 0 ? "no" : size} ${noun}${size === 1 ? "" : "s"}`;
}

function nearValue(
  { site: { node }, values = [] }: Finding,
  suggest: Suggest,
): string | undefined {
  if (node.kind !== "scalar" || typeof node.value !== "string") {
    return undefined;
  }
  const texts = values.filter((value) => typeof value === "string");
  return suggest(node.value, texts);
}

/** Where the first repeated item of a list stands, and where it stands before; without the repeated ones nothing is lost. */
function repeated(
  node: Node,
  { source }: Words,
): Pick<Diagnostic, "span" | "related" | "fixes"> | undefined {
  if (node.kind !== "array") return undefined;
  const firsts = new Map<string, Node>();
  const again: { readonly item: Node; readonly first: Node }[] = [];
  const edits: (Edit | undefined)[] = [];
  for (const [index, item] of node.items.entries()) {
    const text = JSON.stringify(sorted(item));
    const first = firsts.get(text);
    if (first === undefined) firsts.set(text, item);
    else {
      again.push({ item, first });
      edits.push(source && removeItem(source, node, index));
    }
  }
  const [told] = again;
  if (told === undefined) return undefined;
  const message = "It stands here first";
  return {
    span: told.item.span,
    related: [{ message, span: told.first.span }],
    ...(edits.every((edit) => edit !== undefined)
      ? { fixes: [{ title: "Remove what is repeated", edits }] }
      : {}),
  };
}

/** A value in which the order of keys plays no part. */
function sorted(node: Node): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "array") return node.items.map(sorted);
  const pairs = node.properties.map(({ key, value }) =>
    [key, sorted(value)] as const
  );
  return { pairs: pairs.sort(([a], [b]) => a < b ? -1 : 1) };
}

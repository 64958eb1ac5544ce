import type { OutputUnit } from "@cfworker/json-schema";

/** A failed keyword and what failed below it. */
export interface UnitTree {
  readonly unit: OutputUnit;
  readonly children: UnitTree[];
}

/** Where the units of schemas inside a keyword are found, when that is not below the keyword itself. */
const INSIDE_IF = ["then", "else"];

/**
 * Puts the library's list, in which a keyword stands before what failed below it, into the form of a
 * tree. Keyword locations tell what is below what.
 */
export function unitTree(units: readonly OutputUnit[]): readonly UnitTree[] {
  const roots: UnitTree[] = [];
  const open: UnitTree[] = [];
  for (const unit of units) {
    let top = open.at(-1);
    while (top !== undefined && !isBelow(unit, top)) {
      open.pop();
      top = open.at(-1);
    }
    const tree = { unit, children: [] };
    (top?.children ?? roots).push(tree);
    open.push(tree);
  }
  return roots;
}

function isBelow(
  unit: OutputUnit,
  { unit: above, children }: UnitTree,
): boolean {
  // The library gives a `false` schema the instance's location as its own. It follows its keyword directly,
  // except among branches.
  if (unit.keyword === "false") {
    return holdsSchemas(above.keyword, children.length) &&
      startsWithStep(unit.instanceLocation, above.instanceLocation, true);
  }
  if (above.keyword !== "if") {
    return startsWithStep(unit.keywordLocation, above.keywordLocation, false);
  }
  const schema = above.keywordLocation.slice(0, -"if".length);
  return INSIDE_IF.some((keyword) =>
    startsWithStep(unit.keywordLocation, `${schema}${keyword}`, true)
  );
}

const ONE = new Set([
  "$ref",
  "properties",
  "patternProperties",
  "additionalProperties",
  "propertyNames",
  "items",
  "additionalItems",
  "dependencies",
  "if",
]);
const MANY = new Set(["anyOf", "oneOf", "allOf", "contains"]);

function holdsSchemas(keyword: string, children: number): boolean {
  return MANY.has(keyword) || (ONE.has(keyword) && children === 0);
}

function startsWithStep(
  location: string,
  above: string,
  orSame: boolean,
): boolean {
  return location.startsWith(above) &&
    (location.length === above.length
      ? orSame
      : location.charAt(above.length) === "/");
}

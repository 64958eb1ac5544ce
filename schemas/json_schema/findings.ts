import { isObject, type Json, type JsonObject } from "../json.ts";
import { bestBranch } from "./best_branch.ts";
import type { NodeAt, Site } from "./find_node.ts";
import type { SchemaAt } from "./find_schema.ts";
import { LONG_UNIQUE } from "./unique_items.ts";
import type { UnitTree } from "./unit_tree.ts";

/** One thing that the schema does not allow, where it can be mended. */
export interface Finding {
  /** The keyword that fails; `unknown key`, `bad key` and `forbidden` for what keywords say together. */
  readonly keyword: string;
  readonly site: Site;
  /** The schema that holds the keyword. */
  readonly schema: JsonObject;
  /** Where that keyword stands in the root schema, as a JSON Pointer, if it is in there. */
  readonly rule?: string;
  /** Allowed types, of `type`. */
  readonly types?: readonly string[];
  /** Allowed values, of `enum` and `const`. */
  readonly values?: readonly Json[];
  /** Types that would do as well as the values. */
  readonly orTypes?: readonly string[];
  /** Missing keys, any one of which would do. */
  readonly keys?: readonly string[];
  /** Of `oneOf`: how many branches fit. */
  readonly matches?: number;
}

export interface Finders {
  readonly schemaAt: SchemaAt;
  readonly nodeAt: NodeAt;
}

/** The findings of failed keywords: the leaves, of branches those of the best one. */
export function findingsOf(
  trees: readonly UnitTree[],
  finders: Finders,
): readonly Finding[] {
  return trees.flatMap((tree) => findings(tree, finders));
}

function findings(tree: UnitTree, finders: Finders): readonly Finding[] {
  const { keyword } = tree.unit;
  switch (keyword) {
    case "anyOf":
    case "oneOf":
      return branchFindings(tree, finders);
    case "additionalProperties":
      return isFalse(tree)
        ? [keyFinding("unknown key", tree, finders)]
        : findingsOf(tree.children, finders);
    case "propertyNames":
      return [keyFinding("bad key", tree, finders)];
    case "contains":
    case "not":
      return [leaf(tree, finders)];
    case "false":
      return [{ ...leaf(tree, finders), keyword: "forbidden" }];
    default:
      return tree.children.length === 0
        ? [leaf(tree, finders)]
        : findingsOf(tree.children, finders);
  }
}

function branchFindings(tree: UnitTree, finders: Finders): readonly Finding[] {
  const union = leaf(tree, finders);
  const matches = Number(/\((\d+) matches\)/.exec(tree.unit.error)?.[1] ?? 0);
  if (matches > 0) return [{ ...union, matches }];
  const branches = new Map<string, UnitTree[]>();
  for (const child of tree.children) {
    const branch = branchOf(child, tree);
    branches.set(branch, [...branches.get(branch) ?? [], child]);
  }
  const each = [...branches.values()].map((group) =>
    findingsOf(group, finders)
  );
  return bestBranch(each, union);
}

function branchOf(child: UnitTree, { unit }: UnitTree): string {
  if (child.unit.keyword === "false") return "false";
  const below = child.unit.keywordLocation.slice(unit.keywordLocation.length);
  return below.split("/")[1] ?? "";
}

function isFalse({ children }: UnitTree): boolean {
  return children.length === 1 && children[0]?.unit.keyword === "false";
}

/** A finding about a key: the site is that of its value. */
function keyFinding(
  keyword: string,
  tree: UnitTree,
  { schemaAt, nodeAt }: Finders,
): Finding {
  const child = tree.children[0] ?? tree;
  return {
    keyword,
    site: nodeAt(child.unit.instanceLocation),
    schema: {},
    ...schemaAt(tree.unit.keywordLocation),
  };
}

function leaf({ unit }: UnitTree, { schemaAt, nodeAt }: Finders): Finding {
  const { keyword, keywordLocation, instanceLocation, error } = unit;
  const site = nodeAt(instanceLocation);
  const place = schemaAt(keywordLocation);
  const schema = keyword === "false" ? {} : place.schema ?? {};
  if (schema[LONG_UNIQUE] === true) {
    return { keyword: "uniqueItems", site, schema: { uniqueItems: true } };
  }
  const rule = place.rule === undefined ? {} : { rule: place.rule };
  return { keyword, site, schema, ...rule, ...details(keyword, schema, error) };
}

function details(
  keyword: string,
  schema: JsonObject,
  error: string,
): Partial<Finding> {
  const value = schema[keyword];
  switch (keyword) {
    case "type":
      return { types: (Array.isArray(value) ? value : [value]).map(String) };
    case "const":
      return { values: value === undefined ? [] : [value] };
    case "enum":
      return { values: Array.isArray(value) ? value : [] };
    case "required":
      return { keys: [missingKey(error)] };
    case "dependencies":
      return isObject(value) ? { keys: [missingKey(error)] } : {};
    default:
      return {};
  }
}

/** The library names a missing key in its message only. */
function missingKey(error: string): string {
  return /(?:required property|does not have) "([^]*)"\.$/.exec(error)?.[1] ??
    "";
}

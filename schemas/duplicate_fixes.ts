import type { Diagnostic, Fix } from "./diagnostic.ts";
import { removeKey } from "./remove_key.ts";
import type { Source } from "./source.ts";
import {
  type Node,
  type ObjectNode,
  type Property,
  toJson,
  type Tree,
} from "./tree.ts";

/** A tree whose findings about keys that stand twice have fixes, which take the whole tree to make. */
export function withDuplicateFixes(tree: Tree): Tree {
  const { root, problems, source } = tree;
  const told = problems.filter(({ code }) => code === "ERR_KEY_DUPLICATE");
  if (root === undefined || told.length === 0) return tree;
  const fixes = new Map<number, readonly Fix[]>();
  const starts = new Set(told.map(({ span }) => span.start));
  for (const node of objectsIn(root)) {
    for (const again of node.properties) {
      const { start } = again.keySpan;
      if (starts.has(start)) fixes.set(start, fixesOf(node, again, source));
    }
  }
  return {
    ...tree,
    problems: problems.map((each) => withFixes(each, fixes)),
  };
}

function withFixes(
  problem: Diagnostic,
  all: ReadonlyMap<number, readonly Fix[]>,
): Diagnostic {
  if (problem.code !== "ERR_KEY_DUPLICATE") return problem;
  const fixes = all.get(problem.span.start) ?? [];
  return fixes.length === 0 ? problem : { ...problem, fixes };
}

/** Either may go; without the first one the document means what it means now. Nothing is lost where both are the same. */
function fixesOf(
  node: ObjectNode,
  again: Property,
  source: Source,
): readonly Fix[] {
  const first = node.properties.find(({ key }) => key === again.key);
  const same = first !== undefined && isSame(first.value, again.value);
  const fixes = [
    removal(first, "Remove the first one, which does not count"),
    removal(again, "Remove this one"),
  ];
  // Of many that are the same, all can go at once.
  return (same ? fixes.reverse() : fixes).flat();

  function removal(property: Property | undefined, title: string): Fix[] {
    const edit = property && removeKey(source, node, property);
    if (edit === undefined) return [];
    return [{ title, edits: [edit], ...(same ? {} : { choice: true }) }];
  }
}

/** Whether two short values are one; longer ones are not compared. */
function isSame(a: Node, b: Node): boolean {
  const short = [a, b].every(({ span: { start, end } }) => end - start < LONG);
  return short && JSON.stringify(toJson(a)) === JSON.stringify(toJson(b));
}

const LONG = 500;

/** Every object, each once, however many aliases name it. */
function* objectsIn(root: Node): Generator<ObjectNode> {
  const seen = new Set<Node>();
  const left: Node[] = [root];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node.kind === "scalar" || seen.has(node)) continue;
    seen.add(node);
    if (node.kind === "object") yield node;
    for (const each of childrenOf(node)) left.push(each);
  }
}

function childrenOf(node: Exclude<Node, { kind: "scalar" }>): readonly Node[] {
  return node.kind === "array"
    ? node.items
    : node.properties.map(({ value }) => value);
}

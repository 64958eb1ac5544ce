import type { Diagnostic } from "./diagnostic.ts";
import type { Node, Tree } from "./tree.ts";

/**
 * The findings about how a text is written, those about numbers without the fix that writes them as text where the
 * schema takes none. `judge` answers what the schema says about another root.
 */
export function unsafeNumberFixes(
  { problems, root, source }: Tree,
  judge: (root: Node) => readonly Diagnostic[],
): readonly Diagnostic[] {
  const unsafe = problems.filter(isUnsafe);
  if (unsafe.length === 0 || root === undefined) return problems;
  const starts = new Set(unsafe.map(({ span }) => span.start));
  const refused = new Set(
    judge(withTexts(root, starts, source.text)).map(({ span }) => span.start),
  );
  return problems.map((each) => {
    if (!isUnsafe(each) || !refused.has(each.span.start)) return each;
    const { fixes: _, ...rest } = each;
    return rest;
  });
}

function isUnsafe({ code }: Diagnostic): boolean {
  return code === "ERR_NUMBER_UNSAFE";
}

/** A copy of a tree in which some numbers are texts. */
function withTexts(
  node: Node,
  starts: ReadonlySet<number>,
  text: string,
): Node {
  if (node.kind === "scalar") {
    const { start, end } = node.span;
    return typeof node.value === "number" && starts.has(start)
      ? { ...node, value: text.slice(start, end) }
      : node;
  }
  if (node.kind === "array") {
    const items = node.items.map((each) => withTexts(each, starts, text));
    return { ...node, items };
  }
  const properties = node.properties.map((each) => ({
    ...each,
    value: withTexts(each.value, starts, text),
  }));
  return { ...node, properties };
}

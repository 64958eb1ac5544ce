import { modelinesOf } from "./check/modelines.ts";
import type { Edit } from "./diagnostic.ts";
import { insertKey } from "./insert_key.ts";
import { property, type Tree } from "./tree.ts";
import { textEdit } from "./write_text.ts";

/**
 * An edit that makes a document name a processor, where it names one already: in `$processor`, otherwise in its
 * modeline, otherwise in a new `$processor`. Undefined when the document is no object.
 */
export function processorEdit(tree: Tree, ref: string): Edit | undefined {
  const { root, source } = tree;
  if (root?.kind !== "object") return undefined;
  const named = property(root, "$processor")?.value;
  if (named?.kind === "scalar") return textEdit(source, named.span, ref);
  if (named !== undefined) return undefined;
  const line = modelinesOf(tree).processor;
  if (line !== undefined) return { span: line.span, text: ref };
  return insertKey(source, root, {
    key: "$processor",
    value: ref,
    first: true,
  });
}

import { modelinesOf } from "./check/modelines.ts";
import type { Edit } from "./diagnostic.ts";
import { insertKey } from "./insert_key.ts";
import { property, type Tree } from "./tree.ts";
import { textEdit } from "./write_text.ts";

/**
 * An edit that makes an inputs document name its processor, where it names one already or else as `$processor` before
 * its other keys. Undefined for a document that is no object.
 */
export function processorEdit(tree: Tree, ref: string): Edit | undefined {
  const { root, source } = tree;
  const named = property(root, "$processor");
  if (named !== undefined) return textEdit(source, named.value.span, ref);
  const { processor } = modelinesOf(tree);
  if (processor !== undefined) return { span: processor.span, text: ref };
  const added = { key: "$processor", value: ref, first: true };
  if (root?.kind === "object") return insertKey(source, root, added);
  if (root !== undefined) return undefined;
  const { text, language } = source;
  const pair = language === "yaml"
    ? `$processor: ${ref}\n`
    : `{"$processor": ${JSON.stringify(ref)}}\n`;
  const line = text === "" || /[\r\n]$/.test(text) ? "" : "\n";
  return {
    span: { start: text.length, end: text.length },
    text: `${line}${pair}`,
  };
}

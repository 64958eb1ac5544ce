import type { Edit } from "./diagnostic.ts";
import { insertKey } from "./insert_key.ts";
import type { DeclaredAttachment } from "./check_types.ts";
import type { Source } from "./source.ts";
import { type ObjectNode, property } from "./tree.ts";

/** An edit that declares an attachment in `$attachments` of a document, which is added if it is missing. */
export function declareAttachment(
  source: Source,
  root: ObjectNode,
  { name, path }: Pick<DeclaredAttachment, "name" | "path">,
): Edit {
  const there = property(root, "$attachments")?.value;
  return there?.kind === "object"
    ? insertKey(source, there, { key: name, value: path })
    : insertKey(source, root, {
      key: "$attachments",
      value: { [name]: path },
    });
}

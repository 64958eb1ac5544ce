import type { Edit, Fix } from "../diagnostic.ts";
import { afterLine, lineEnd, lineStart } from "../line_ends.ts";
import { isLarge } from "../removal.ts";
import { removeKey } from "../remove_key.ts";
import type { Source, Span } from "../source.ts";
import { shortText } from "../tree_rules.ts";
import { type ObjectNode, property } from "../tree.ts";

interface Within {
  readonly source: Source;
  readonly root: ObjectNode;
}

/** The fix that takes away the declaration of an attachment, if it stands in the document. */
export function undeclaring(
  { name, at }: {
    readonly name: string;
    readonly at?: { readonly name: Span } | undefined;
  },
  within: Within,
): readonly Fix[] {
  const edit = at && removal(name, at.name, within);
  if (edit === undefined) return [];
  const title = `Remove ${shortText(name)}`;
  return [{ title, edits: [edit], choice: true }];
}

/** The last name goes with `$attachments`, a comment with its line. */
function removal(
  name: string,
  at: Span,
  { source, root }: Within,
): Edit | undefined {
  const all = property(root, "$attachments");
  if (all?.value.kind === "object" && isLarge(all.value)) return undefined;
  const declared = property(all?.value, name);
  if (declared?.keySpan.start !== at.start) return withoutLine(source, at);
  if (all?.value.kind !== "object") return undefined;
  return all.value.properties.length === 1
    ? removeKey(source, root, all)
    : removeKey(source, all.value, declared);
}

function withoutLine({ text }: Source, at: Span): Edit | undefined {
  const start = lineStart(text, at.start);
  const line = text.slice(start, lineEnd(text, at.end));
  if (!/^\s*(?:#|\/\/)\s*attach:/.test(line)) return undefined;
  const end = afterLine(text, start + line.length);
  return { span: { start, end }, text: "" };
}

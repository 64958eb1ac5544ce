import { parse } from "../../schemas/checker.ts";
import {
  applyEdits,
  canonicalJson,
  Failure,
  isObject,
  type Json,
  type Source,
  toJson,
  type Tree,
} from "../../schemas/mod.ts";
import { type Pin, pinEdit, pinPath } from "./pin_edit.ts";

/**
 * The text of an entry that pins an image, all else in it as it was. What comes out is read again: throws
 * `ERR_ENTRY_EDIT` when it would say anything else than before but for the pin.
 */
export function pinnedText(source: Source, pin: Pin): string {
  const tree = parse(source);
  if (!tree.complete) {
    throw notEditable(source, pin, "it cannot be read as a whole");
  }
  const edit = pinEdit(tree, pin);
  if (edit === undefined) {
    throw notEditable(source, pin, "there is no object where the pin belongs");
  }
  const text = applyEdits(source.text, [edit]);
  if (valueOf(parse({ ...source, text })) !== expected(tree, pin)) {
    throw notEditable(source, pin, "other values depend on how it is written");
  }
  return text;
}

/** What a document says, in a form that compares; undefined when it cannot be read as a whole. */
function valueOf({ root, complete }: Tree): string | undefined {
  return root === undefined || !complete
    ? undefined
    : canonicalJson(toJson(root));
}

function expected({ root }: Tree, pin: Pin): string | undefined {
  if (root === undefined) return undefined;
  return canonicalJson(
    withValue(toJson(root), pinPath(root, pin), pin.reference),
  );
}

function withValue(
  value: Json,
  [key, ...below]: readonly string[],
  pinned: string,
): Json {
  if (key === undefined) return pinned;
  const object = isObject(value) ? value : {};
  return { ...object, [key]: withValue(object[key] ?? null, below, pinned) };
}

function notEditable(
  { name }: Source,
  { platform, reference }: Pin,
  found: string,
): Failure {
  return new Failure("ERR_ENTRY_EDIT", `Cannot pin in "${name}": ${found}`, {
    hint: `Write it by hand: image.platforms.${platform}: ${reference}`,
  });
}

import { insertKey, textEdit } from "../../schemas/checker.ts";
import {
  type Edit,
  type JsonObject,
  type Node,
  type Property,
  property,
  type Source,
  type Tree,
} from "../../schemas/mod.ts";

/** What an entry is to pin. */
export interface Pin {
  readonly platform: "amd64" | "arm64";
  /** `repository@sha256:…`. */
  readonly reference: string;
}

/** Where an entry has its pin of a platform: the older single image stays one. */
export function pinPath(
  root: Node,
  { platform }: Pick<Pin, "platform">,
): readonly string[] {
  const image = property(root, "image")?.value;
  const single = property(image, "platforms") === undefined &&
    property(image, "oci") !== undefined;
  return single ? ["image", "oci"] : ["image", "platforms", platform];
}

/**
 * The edit that pins an image in an entry and touches nothing else; undefined for a document that is no object. An
 * entry that gets keys gets them in its own style.
 */
export function pinEdit({ root, source }: Tree, pin: Pin): Edit | undefined {
  if (root?.kind !== "object") return undefined;
  let node: Node = root;
  const path = pinPath(root, pin);
  for (const [i, key] of path.entries()) {
    const found = property(node, key);
    const below = path.slice(i + 1);
    if (found === undefined) {
      if (node.kind !== "object") return undefined;
      return insertKey(source, node, {
        key,
        value: below.length === 0
          ? pin.reference
          : nested(below, pin.reference),
      });
    }
    if (below.length === 0) return valueEdit(source, found, pin.reference);
    if (isEmpty(found.value)) return filled(source, found, { below, pin });
    node = found.value;
  }
  return undefined;
}

function nested(path: readonly string[], value: string): JsonObject {
  const [key = "", ...below] = path;
  return { [key]: below.length === 0 ? value : nested(below, value) };
}

function isEmpty(node: Node): boolean {
  return node.kind === "scalar" && node.value === null;
}

/** A key without a value gets one on its own line. */
function filled(
  { text }: Source,
  { value: { span } }: Property,
  { below, pin }: { readonly below: readonly string[]; readonly pin: Pin },
): Edit {
  const value = JSON.stringify(nested(below, pin.reference));
  const gap = /\s$/.test(text.slice(0, span.start)) ? "" : " ";
  return { span, text: `${gap}${value}` };
}

/** Another text in place of a value, in the quotes that it has. */
function valueEdit(source: Source, pinned: Property, text: string): Edit {
  const span = writtenSpan(source, pinned);
  if (span.start === span.end) return textEdit(source, span, text);
  const first = source.text.charAt(span.start);
  return { span, text: quoted(text, first) };
}

function quoted(text: string, first: string): string {
  if (first === '"') return JSON.stringify(text);
  if (first === "'") return `'${text}'`;
  // Such as `[::1]:5000/demo`.
  return /^\w/.test(text) ? text : JSON.stringify(text);
}

/** Where the value itself is written: an alias stands for a value that is elsewhere. */
function writtenSpan(
  { text }: Source,
  { keySpan, value: { span } }: Property,
): Edit["span"] {
  const alias = /\s*:\s*(\*[^\s,[\]{}]+)/y;
  alias.lastIndex = keySpan.end;
  const name = alias.exec(text)?.[1];
  return name === undefined
    ? span
    : { start: alias.lastIndex - name.length, end: alias.lastIndex };
}

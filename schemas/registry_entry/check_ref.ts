import type { Diagnostic } from "../diagnostic.ts";
import { insertKey } from "../insert_key.ts";
import { parseRef } from "../ref.ts";
import type { Source } from "../source.ts";
import { shortText } from "../tree_rules.ts";
import { replaceText } from "./edit_text.ts";
import type { Place } from "./place.ts";
import { finding, placeAt, textAt } from "./place.ts";

/** The ref is there, is a ref, and is the one its folder says. */
export function checkRef(
  root: Place,
  source: Source,
  expected: string | undefined,
): readonly Diagnostic[] {
  const place = placeAt(root, "ref") ?? placeAt(root, "name");
  if (place === undefined) return [missing(root, source, expected)];
  const ref = withVersion(root, textAt(place));
  if (ref === undefined) return [];
  const right = expected ?? lowerCase(ref);
  const fixes = right === undefined ? [] : [{
    title: `Write ${shortText(right)}`,
    edits: [replaceText(source, place, right)],
  }];
  if (parseRef(ref) === undefined) {
    return [finding("ERR_REF_INVALID", place, {
      message: `Cannot use "${ref}" as a ref: it is not ns/name@version`,
      expected: "ns/name@version in lower case, such as llm/litellm@1",
      fixes,
    })];
  }
  if (expected === undefined || ref === expected) return [];
  return [finding("ERR_ENTRY_REF_FOLDER", place, {
    message: `Cannot use ref "${ref}" here: its folder says "${expected}"`,
    expected: `"${expected}"`,
    fixes,
  })];
}

function lowerCase(ref: string): string | undefined {
  const lower = ref.toLowerCase();
  return parseRef(lower) === undefined ? undefined : lower;
}

function withVersion(root: Place, ref: string | undefined): string | undefined {
  const version = placeAt(root, "version")?.node;
  const separate = version?.kind === "scalar" && !ref?.includes("@");
  return separate && ref !== undefined ? `${ref}@${version.value}` : ref;
}

function missing(
  root: Place,
  source: Source,
  expected: string | undefined,
): Diagnostic {
  const { node } = root;
  const fixes = expected === undefined || node.kind !== "object" ? [] : [{
    title: 'Add "ref"',
    edits: [
      insertKey(source, node, { key: "ref", value: expected, first: true }),
    ],
  }];
  return finding("ERR_KEY_MISSING", root, {
    message: 'Cannot find key "ref": the entry does not say what it describes',
    expected: expected === undefined ? "ref: ns/name@version" : `"${expected}"`,
    fixes,
  });
}
